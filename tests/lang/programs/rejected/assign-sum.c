int main(void)
{
  int a = 1, b = 2;
  a + b = 3;  // error[not-assignable]
  return 0;
}
// gcc: 4:9: error: lvalue required as left operand of assignment
