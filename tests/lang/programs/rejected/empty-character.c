int main(void)
{
  char c = '';  // error[empty-character]
  return c;
  return 0;
}
// gcc: 3:12: error: empty character constant
