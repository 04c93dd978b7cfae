int main(void)
{
  int x = y;  // error[undeclared]
  int z = 1;
  z.a = 2;  // error[not-a-struct]
  return q;  // error[undeclared]
  return 0;
}
// gcc: 3:11: error: ‘y’ undeclared (first use in this function)
// gcc: 5:4: error: request for member ‘a’ in something not a structure or union
// gcc: 6:10: error: ‘q’ undeclared (first use in this function)
