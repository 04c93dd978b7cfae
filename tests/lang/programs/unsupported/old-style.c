int f(a)  // error[unsupported]
  int a;
{
  return a;
}
int main(void) { return f(0); }
