struct pair { unsigned a : 3; };

int main(void)
{
  struct pair p = { 1 };
  return &p.a == 0;  // error[not-addressable]
}
// gcc: 6:10: error: cannot take address of bit-field ‘a’
