int f(int a)
{
  int a = 1;  // error[redefined]
  return a;
}
int main(void) { return f(1); }
// gcc: 3:7: error: ‘a’ redeclared as different kind of symbol
