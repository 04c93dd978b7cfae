int main(void)
{
  int x = 1  // error[expected-token]
  x = 2;
  return 0;
}
// gcc: 4:3: error: expected ‘,’ or ‘;’ before ‘x’
