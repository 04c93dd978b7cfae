int main(void)
{
  double d = 5;
  d = d << 1;  // error[invalid-operands]
  return 0;
}
// gcc: 4:9: error: invalid operands to binary << (have ‘double’ and ‘int’)
