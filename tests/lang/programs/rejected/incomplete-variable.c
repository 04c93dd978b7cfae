int main(void)
{
  struct nothing v;  // error[incomplete-type]
  (void) v;
  return 0;
}
// gcc: 3:18: error: storage size of ‘v’ isn’t known
