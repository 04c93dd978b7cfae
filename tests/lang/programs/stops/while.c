// while: COND at each evaluation; do … while: COND on the line of the while
int main (void) // enter
{
  int n = 3; // stmt
  while (n > 1) // cond
    n--; // stmt
  while (n > 0) n--; // cond
  do
    {
      n++; // stmt
    }
  while (n < 3); // cond
  return 0; // stmt exit
}
