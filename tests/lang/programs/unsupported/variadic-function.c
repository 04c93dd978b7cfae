#include <stdio.h>
int sum(int n, ...)  // error[unsupported]
{
  return n;
}
int main(void) { return 0; }
