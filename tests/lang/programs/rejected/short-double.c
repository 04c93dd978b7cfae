int main(void)
{
  short double x;  // error[bad-specifier]
  return 0;
}
// gcc: 3:9: error: both ‘short’ and ‘double’ in declaration specifiers
