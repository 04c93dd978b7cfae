int main(void)
{
  const int x = 1;
  x++;  // error[not-assignable]
  return 0;
}
// gcc: 4:4: error: increment of read-only variable ‘x’
