int main(void)
{
  5 = 6;  // error[not-assignable]
  return 0;
}
// gcc: 3:5: error: lvalue required as left operand of assignment
