int main(void)
{
  int a[3;  // error[expected-token]
  a[0] = 1;
  return 0;
}
// gcc: 3:10: error: expected ‘]’ before ‘;’ token
// gcc: 6:1: error: expected declaration or statement at end of input
