int main(void)
{
  static char a[3000000000];  // error[too-big]
  (void) a;
  return 0;
}
// gcc: accepts it, and has the memory
