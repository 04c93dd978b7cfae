extern int x;
int main(void)
{
  return x;  // error[undefined]
}
// gcc: undefined reference to `x'
// gcc: collect2: error: ld returned 1 exit status
