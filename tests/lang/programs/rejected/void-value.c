void f(void) { }
int main(void)
{
  int x = f();  // error[void-value]
  return x;
}
// gcc: 4:11: error: void value not ignored as it ought to be
