int main(void)
{
  int a[3] = { 0 };
  return a[1.5];  // error[invalid-operands]
  return 0;
}
// gcc: 4:11: error: array subscript is not an integer
