int main(void)
{
  register int x = 1;
  int *p = &x;  // error[not-addressable]
  (void) p;
  return 0;
}
// gcc: 4:3: error: address of register variable ‘x’ requested
