int main(void)
{
  int x = 1;
  double x = 2;  // error[redefined]
  return x;
  return 0;
}
// gcc: 4:10: error: conflicting types for ‘x’; have ‘double’
