int main(void)
{
  int x = 1;
  switch (x) {
  default: x = 2; break;
  default: x = 3; break;  // error[duplicate-case]
  }
  return 0;
}
// gcc: 6:3: error: multiple default labels in one switch
