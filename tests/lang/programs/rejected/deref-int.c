int main(void)
{
  int x = 1;
  return *x;  // error[invalid-operands]
  return 0;
}
// gcc: 4:10: error: invalid type argument of unary ‘*’ (have ‘int’)
