int main(void)
{
  int a[];  // error[incomplete-type]
  (void) a;
  return 0;
}
// gcc: 3:7: error: array size missing in ‘a’
