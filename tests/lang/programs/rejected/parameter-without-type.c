int f(int a, n)  // error[undeclared]
{
  return a;
}
int main(void) { return f(1, 2); }
// gcc: 1:14: error: unknown type name ‘n’
