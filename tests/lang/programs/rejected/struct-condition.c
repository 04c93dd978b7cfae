int main(void)
{
  struct s { int a; } v = { 1 };
  if (v)  // error[type-mismatch]
    return 1;
  return 0;
}
// gcc: 4:7: error: used struct type value where scalar is required
