int main(void)
{
  int x = 1;
  int *p = &(x + 1);  // error[not-addressable]
  (void) p;
  return 0;
}
// gcc: 4:12: error: lvalue required as unary ‘&’ operand
