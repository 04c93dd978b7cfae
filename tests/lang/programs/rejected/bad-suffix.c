int main(void)
{
  return 12abc;  // error[bad-number]
  return 0;
}
// gcc: 3:10: error: invalid suffix "abc" on integer constant
