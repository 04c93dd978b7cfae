int main(void)
{
  struct s { int a; } v = { 1 }, *p = &v;
  return p.a;  // error[not-a-struct]
  return 0;
}
// gcc: 4:11: error: ‘p’ is a pointer; did you mean to use ‘->’?
