struct s { int a; };
int f(struct s v)
{
  return v;  // error[type-mismatch]
}
int main(void) { return 0; }
// gcc: 4:10: error: incompatible types when returning type ‘struct s’ but ‘int’ was expected
