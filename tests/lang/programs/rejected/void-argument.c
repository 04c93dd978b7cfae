void f(void) { }
int g(int x) { return x; }
int main(void)
{
  return g(f());  // error[void-value]
}
// gcc: 5:12: error: invalid use of void expression
