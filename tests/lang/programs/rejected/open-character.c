int main(void)
{
  char c = 'a;  // error[unterminated]
  return c;
  return 0;
}
// gcc: 3:12: error: missing terminating ' character
// gcc: 4:3: error: expected expression before ‘return’
