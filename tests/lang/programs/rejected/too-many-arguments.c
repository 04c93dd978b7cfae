int f(int a) { return a; }
int main(void)
{
  return f(1, 2);  // error[wrong-argument-count]
}
// gcc: 4:10: error: too many arguments to function ‘f’
