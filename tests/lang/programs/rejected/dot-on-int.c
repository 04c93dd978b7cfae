int main(void)
{
  int x = 1;
  return x.a;  // error[not-a-struct]
  return 0;
}
// gcc: 4:11: error: request for member ‘a’ in something not a structure or union
