// library: never, but the call-backs under it
#include <stdlib.h>
static int compare (const void *a, const void *b) // enter
{
  return *(const int *) a - *(const int *) b; // stmt exit
}
int main (void) // enter
{
  int a[3] = { 3, 1, 2 }; // stmt
  qsort (a, 3, sizeof a[0], compare); // stmt
  return a[0] - 1; // stmt exit
}
