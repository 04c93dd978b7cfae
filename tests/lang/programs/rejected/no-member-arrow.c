int main(void)
{
  struct s { int a; } v = { 1 }, *p = &v;
  return p->b;  // error[no-member]
  return 0;
}
// gcc: 4:11: error: ‘struct s’ has no member named ‘b’
