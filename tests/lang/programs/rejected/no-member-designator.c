int main(void)
{
  struct s { int a; } v = { .b = 1 };  // error[no-member]
  return v.a;
  return 0;
}
// gcc: 3:30: error: ‘struct s’ has no member named ‘b’
