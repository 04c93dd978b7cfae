int f(void x)  // error[void-value]
{
  return 0;
}
int main(void) { return 0; }
// gcc: 1:12: error: parameter 1 (‘x’) has incomplete type
