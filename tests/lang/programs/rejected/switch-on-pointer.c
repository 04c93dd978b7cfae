int main(void)
{
  char *s = "a";
  switch (s) {  // error[type-mismatch]
  default: break;
  }
  return 0;
}
// gcc: 4:11: error: switch quantity not an integer
