int main(void)
{
  int v = 1;
  const int *p = &v;
  *p = 2;  // error[not-assignable]
  return 0;
}
// gcc: 5:6: error: assignment of read-only location ‘*p’
