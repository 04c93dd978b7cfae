int main(void)
{
  return 09;  // error[bad-number]
  return 0;
}
// gcc: 3:10: error: invalid digit "9" in octal constant
