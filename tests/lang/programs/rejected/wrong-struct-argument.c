struct s { int a; };
struct t { int a; };
int f(struct s v) { return v.a; }
int main(void)
{
  struct t w = { 1 };
  return f(w);  // error[type-mismatch]
}
// gcc: 7:12: error: incompatible type for argument 1 of ‘f’
