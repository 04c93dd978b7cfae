int main(void)
{
  double d = 1;
  int *p = (int *) d;  // error[type-mismatch]
  (void) p;
  return 0;
}
// gcc: 4:3: error: cannot convert to a pointer type
