// simple statement: STMT; none for a declaration without initialiser, `;`, a static local, braces
int main (void) // enter
{
  int x;
  int y = 1, z = 2; // stmt
  static int n = 3;
  ;
  x = y; // stmt
  {
    x += n; // stmt
  }
  y++, z--; // stmt
  typedef int number;
  return x - (number) 4; // stmt exit
}
