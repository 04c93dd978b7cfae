int main(void)
{
  int a;
  int *p = &a;
  return -p != 0;  // error[invalid-operands]
  return 0;
}
// gcc: 5:10: error: wrong type argument to unary minus
