int main(void)
{
  int x = 1;
  switch (x) {
  case 'a': x = 2; break;
  case 97: x = 3; break;  // error[duplicate-case]
  }
  return 0;
}
// gcc: 6:3: error: duplicate case value
