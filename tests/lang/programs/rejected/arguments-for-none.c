int f(void) { return 1; }
int main(void)
{
  return f(1);  // error[wrong-argument-count]
}
// gcc: 4:10: error: too many arguments to function ‘f’
