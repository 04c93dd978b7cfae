int main(void)
{
  static register int x;  // error[bad-specifier]
  return 0;
}
// gcc: 3:3: error: multiple storage classes in declaration specifiers
