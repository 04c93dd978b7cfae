int main(void)
{
  int a[3] = 5;  // error[type-mismatch]
  (void) a;
  return 0;
}
// gcc: 3:14: error: invalid initializer
