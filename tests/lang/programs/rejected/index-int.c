int main(void)
{
  int x = 1;
  return x[0];  // error[invalid-operands]
  return 0;
}
// gcc: 4:11: error: subscripted value is neither array nor pointer nor vector
