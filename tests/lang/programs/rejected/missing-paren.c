int main(void)
{
  int x = (1 + 2;  // error[expected-token]
  x++;
  return 0;
}
// gcc: 3:17: error: expected ‘)’ before ‘;’ token
// gcc: 6:1: error: expected ‘,’ or ‘;’ before ‘}’ token
