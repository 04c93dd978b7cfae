int main(void)
{
  int a, b;
  int *p = &a + &b;  // error[invalid-operands]
  (void) p;
  return 0;
}
// gcc: 4:15: error: invalid operands to binary + (have ‘int *’ and ‘int *’)
