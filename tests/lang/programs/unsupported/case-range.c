int main(void)
{
  int x = 1;
  switch (x) {
  case 1 ... 3: x = 2;  // error[unsupported]
  }
  return 0;
}
