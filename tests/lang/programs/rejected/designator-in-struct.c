int main(void)
{
  struct s { int a; } v = { [0] = 1 };  // error[bad-designator]
  return v.a;
  return 0;
}
// gcc: 3:30: error: array index in non-array initializer
