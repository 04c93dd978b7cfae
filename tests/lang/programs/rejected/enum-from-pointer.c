enum e { A };
int main(void)
{
  int x = 1;
  enum e v = &x;  // error[type-mismatch]
  return v;
}
// gcc: 5:14: error: incompatible types when initializing type ‘enum e’ using type ‘int *’
