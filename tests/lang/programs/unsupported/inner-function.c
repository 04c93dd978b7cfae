int main(void)
{
  int f(void) { return 1; }  // error[unsupported]
  return f() - 1;
  return 0;
}
