// if, else if: COND for each; else: none
int main (void) // enter
{
  int x = 1; // stmt
  if (x == 2) // cond
    x = 3; // stmt
  else if (x == 3) // cond
    x = 4; // stmt
  else
    x = 5; // stmt
  if (x) x = 6; // cond
  if (x) // cond
    {
      x = 7; // stmt
    }
  if (x) x = 1; else x = 2; // cond
  if (x) x = 1; // cond
  else x = 2; // stmt
  x = x ? 1 : 2; // stmt
  x = x && x; // stmt
  return 0; // stmt exit
}
