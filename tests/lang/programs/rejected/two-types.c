int main(void)
{
  int char x;  // error[bad-specifier]
  return 0;
}
// gcc: 3:7: error: two or more data types in declaration specifiers
