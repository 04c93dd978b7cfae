int f(void)  // error[missing-main]
{
  return 1;
}
// gcc: undefined reference to `main'
// gcc: collect2: error: ld returned 1 exit status
