int f(struct nothing v)  // error[incomplete-type]
{
  return 0;
}
int main(void) { return 0; }
// gcc: 1:22: error: parameter 1 (‘v’) has incomplete type
