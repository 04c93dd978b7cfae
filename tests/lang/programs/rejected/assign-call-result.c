int main(void)
{
  int x = 0;
  (x ? 1 : 2) = 3;  // error[not-assignable]
  return 0;
}
// gcc: 4:15: error: lvalue required as left operand of assignment
