int f(int x);
int main(void)
{
  return f(1);  // error[undefined]
}
// gcc: undefined reference to `f'
// gcc: collect2: error: ld returned 1 exit status
