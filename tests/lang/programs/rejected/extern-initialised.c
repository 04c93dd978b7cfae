int main(void)
{
  extern int x = 1;  // error[bad-specifier]
  return x;
  return 0;
}
// gcc: 3:14: error: ‘x’ has both ‘extern’ and initializer
