int main(void)
{
  double d = 1;
  return ~d;  // error[invalid-operands]
  return 0;
}
// gcc: 4:10: error: wrong type argument to bit-complement
