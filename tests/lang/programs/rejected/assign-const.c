int main(void)
{
  const int x = 1;
  x = 2;  // error[not-assignable]
  return 0;
}
// gcc: 4:5: error: assignment of read-only variable ‘x’
