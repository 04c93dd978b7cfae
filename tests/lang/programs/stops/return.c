// return: STMT, then one EXIT when the value is known
int f (int n) // enter
{
  if (n == 0) // cond
    return 1; // stmt exit
  return n * f (n - 1); // stmt exit
}
void g (void) // enter
{
  return; // stmt exit
}
int main (void) // enter
{
  g (); // stmt
  f (3); // stmt
} // exit
