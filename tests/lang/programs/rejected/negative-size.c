int main(void)
{
  int a[-1];  // error[bad-size]
  (void) a;
  return 0;
}
// gcc: 3:7: error: size of array ‘a’ is negative
