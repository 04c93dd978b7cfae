int f(int a, int b) { return a + b; }
int main(void)
{
  return f(1);  // error[wrong-argument-count]
}
// gcc: 4:10: error: too few arguments to function ‘f’
