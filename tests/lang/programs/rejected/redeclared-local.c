int main(void)
{
  int x = 1;
  int x = 2;  // error[redefined]
  return x;
  return 0;
}
// gcc: 4:7: error: redefinition of ‘x’
