int main(void)
{
  double d = 1;
  switch (d) {  // error[type-mismatch]
  case 1: break;
  }
  return 0;
}
// gcc: 4:11: error: switch quantity not an integer
