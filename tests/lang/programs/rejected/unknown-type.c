int main(void)
{
  strng s;  // error[undeclared]
  return 0;
}
// gcc: 3:3: error: unknown type name ‘strng’
