struct pair { int a : 3; };

int main(void)
{
  struct pair p = { 1 };
  return sizeof p.a;  // error[bad-bit-field]
}
// gcc: 6:10: error: ‘sizeof’ applied to a bit-field
