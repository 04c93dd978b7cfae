// a body on its header's line has no STMT, but a return has its EXIT
int f (int x) // enter
{
  if (x) return 1; // cond exit
  while (x) { x--; } // cond
  for (; x < 3; x++) { x++; // cond cond
    x--; // stmt
  }
  return 0; // stmt exit
}
int g (void) { return f (1); } // enter stmt exit
int main (void) { return g () - 1; } // enter stmt exit
