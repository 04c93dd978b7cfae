// a macro's statements stand where it is used
#define TWICE(x) \
  do             \
    {            \
      x;         \
      x;         \
    }            \
  while (0)
int main (void) // enter
{
  int n = 0; // stmt
  TWICE (n++); // stmt stmt cond
  return n - 2; // stmt exit
}
