int main(void)
{
  int x = 1;
  return x(2);  // error[not-a-function]
  return 0;
}
// gcc: 4:10: error: called object ‘x’ is not a function or function pointer
