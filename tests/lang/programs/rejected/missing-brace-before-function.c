int f(void)
{
  if (1) {
    return 1;
}

int main(void)  // error[expected-token]
{
  return f();
}
// gcc: 10:1: error: expected declaration or statement at end of input
