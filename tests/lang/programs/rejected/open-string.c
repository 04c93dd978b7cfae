int main(void)
{
  char *s = "abc;  // error[unterminated]
  return *s;
  return 0;
}
// gcc: 3:13: error: missing terminating " character
// gcc: 4:3: error: expected expression before ‘return’
