int main(void)
{
  double d = 1;
  int *p = d;  // error[type-mismatch]
  (void) p;
  return 0;
}
// gcc: 4:12: error: incompatible types when initializing type ‘int *’ using type ‘double’
