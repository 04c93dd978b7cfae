int main(void)
{
  int x = 1;
  else x = 2;  // error[expected-token]
  return 0;
}
// gcc: 4:3: error: ‘else’ without a previous ‘if’
