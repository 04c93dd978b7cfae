int main(void)
{
  int *s = L"a";  // error[unsupported]
  return s == 0;
  return 0;
}
