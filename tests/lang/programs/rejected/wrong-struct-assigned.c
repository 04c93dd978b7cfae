struct s { int a; };
struct t { int a; };
int main(void)
{
  struct s v = { 1 };
  struct t w = { 2 };
  v = w;  // error[type-mismatch]
  return v.a;
}
// gcc: 7:7: error: incompatible types when assigning to type ‘struct s’ from type ‘struct t’
