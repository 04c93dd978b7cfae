struct s { int a; };
int f(int x) { return x; }
int main(void)
{
  struct s v = { 1 };
  return f(v);  // error[type-mismatch]
}
// gcc: 6:12: error: incompatible type for argument 1 of ‘f’
