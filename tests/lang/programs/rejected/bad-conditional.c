int main(void)
{
  struct s { int a; } v = { 1 };
  int x = 1 ? v : 2;  // error[type-mismatch]
  (void) x;
  return 0;
}
// gcc: 4:17: error: type mismatch in conditional expression
