void f(void) { }
int main(void)
{
  while (f())  // error[void-value]
    ;
  return 0;
}
// gcc: 4:10: error: void value not ignored as it ought to be
