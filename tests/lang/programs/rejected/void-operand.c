void f(void) { }
int main(void)
{
  return f() + 1;  // error[void-value]
}
// gcc: 4:10: error: void value not ignored as it ought to be
