int main(void)
{
  struct s { int a; } v = { 1 };
  int x = v + 1;  // error[invalid-operands]
  (void) x;
  return 0;
}
// gcc: 4:13: error: invalid operands to binary + (have ‘struct s’ and ‘int’)
