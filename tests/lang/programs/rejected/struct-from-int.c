struct s { int a; };
int main(void)
{
  struct s v = 5;  // error[type-mismatch]
  return v.a;
}
// gcc: 4:16: error: invalid initializer
