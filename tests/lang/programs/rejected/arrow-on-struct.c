int main(void)
{
  struct s { int a; } v = { 1 };
  return v->a;  // error[not-a-struct]
  return 0;
}
// gcc: 4:11: error: invalid type argument of ‘->’ (have ‘struct s’)
