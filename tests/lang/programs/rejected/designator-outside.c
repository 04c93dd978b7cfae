int main(void)
{
  int a[3] = { [3] = 1 };  // error[bad-designator]
  (void) a;
  return 0;
}
// gcc: 3:17: error: array index in initializer exceeds array bounds
