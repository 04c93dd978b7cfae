int main(int argc, char **argv)
{
  static int x = argc;  // error[not-constant]
  return x;
}
// gcc: 3:18: error: initializer element is not constant
