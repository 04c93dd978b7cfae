// statement over several lines: one STMT on its first line
int f (int a, int b) { return a + b; } // enter stmt exit
int main (void) // enter
{
  int x = f (1, // stmt
             2)
          + 3;
  return // stmt exit
    x - 6;
}
