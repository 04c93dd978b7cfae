int main(void)
{
  int a;
  int *p = &a;
  p = p * 2;  // error[invalid-operands]
  return 0;
}
// gcc: 5:9: error: invalid operands to binary * (have ‘int *’ and ‘int’)
