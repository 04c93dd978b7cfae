int main(void)
{
  int n = 3;
  int a[n];  // error[unsupported]
  a[0] = 1;
  return 0;
}
