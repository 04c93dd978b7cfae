int main(void)
{
  return 5(2);  // error[not-a-function]
  return 0;
}
// gcc: 3:10: error: called object is not a function or function pointer
