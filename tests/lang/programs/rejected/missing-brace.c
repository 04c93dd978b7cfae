// gcc: 4:3: error: expected declaration or statement at end of input
int main(void)
{
  int x = 1;
  return x;  // error[expected-token]
