int main(void)
{
  int x = 1;
  double d = &x;  // error[type-mismatch]
  (void) d;
  return 0;
}
// gcc: 4:14: error: incompatible types when initializing type ‘double’ using type ‘int *’
