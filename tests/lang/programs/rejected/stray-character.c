int main(void)
{
  int x = 1 @ 2;  // error[stray-character]
  return x;
  return 0;
}
// gcc: 3:13: error: stray ‘@’ in program
// gcc: 3:15: error: expected ‘,’ or ‘;’ before numeric constant
