int main(void)
{
  struct s { int a; } v = { 1 }, w = { 1 };
  return v == w;  // error[invalid-operands]
  return 0;
}
// gcc: 4:12: error: invalid operands to binary == (have ‘struct s’ and ‘struct s’)
