int main(void)
{
  struct nothing *p = 0;
  return p->a;  // error[incomplete-type]
  return 0;
}
// gcc: 4:11: error: invalid use of undefined type ‘struct nothing’
