int main(void)
{
  void x;  // error[void-value]
  return 0;
}
// gcc: 3:8: error: variable or field ‘x’ declared void
