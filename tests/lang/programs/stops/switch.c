// switch: COND on the subject; an arm's body where it is on another line
int main (void) // enter
{
  int x = 2; // stmt
  switch (x) // cond
    {
    case 1: x = 3; break; // stmt stmt
    case 2:
    case 3:
      x = 4; // stmt
      break; // stmt
    default:
      x = 5; // stmt
    }
  switch (x) { case 4: x = 0; } // cond
  return x; // stmt exit
}
