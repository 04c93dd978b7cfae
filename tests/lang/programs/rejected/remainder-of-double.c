int main(void)
{
  double d = 5;
  int x = d % 2;  // error[invalid-operands]
  (void) x;
  return 0;
}
// gcc: 4:13: error: invalid operands to binary % (have ‘double’ and ‘int’)
