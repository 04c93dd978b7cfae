// for: the header stops with the first part and the first test, and with each update and test
int main (void) // enter
{
  int s = 0; // stmt
  for (int i = 0; i < 3; i++) // cond cond
    s += i; // stmt
  for (int i = 0; i < 3; i++) s += i; // cond cond
  for (;;) // cond cond
    if (s++ > 9) // cond
      break; // stmt
  return 0; // stmt exit
}
