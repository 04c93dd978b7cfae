int main(void)
{
  int a[2.5];  // error[bad-size]
  (void) a;
  return 0;
}
// gcc: 3:7: error: size of array ‘a’ has non-integer type
