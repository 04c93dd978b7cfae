int f(int a, int a)  // error[redefined]
{
  return a;
}
int main(void) { return f(1, 2); }
// gcc: 1:18: error: redefinition of parameter ‘a’
