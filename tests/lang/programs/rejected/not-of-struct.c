int main(void)
{
  struct s { int a; } v = { 1 };
  return !v;  // error[invalid-operands]
  return 0;
}
// gcc: 4:10: error: wrong type argument to unary exclamation mark
