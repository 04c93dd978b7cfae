int main(void)
{
  int x = 1, y = 2;
  switch (x) {
  case y: x = 2; break;  // error[not-constant]
  }
  return 0;
}
// gcc: 5:3: error: case label does not reduce to an integer constant
