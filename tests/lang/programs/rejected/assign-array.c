int main(void)
{
  char s[4];
  s = "abc";  // error[not-assignable]
  return 0;
}
// gcc: 4:5: error: assignment to expression with array type
