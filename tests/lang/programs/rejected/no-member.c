int main(void)
{
  struct s { int width; } v = { 1 };
  return v.widht;  // error[no-member]
  return 0;
}
// gcc: 4:12: error: ‘struct s’ has no member named ‘widht’; did you mean ‘width’?
