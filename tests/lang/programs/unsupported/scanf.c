#include <stdio.h>
int main(void)
{
  int x;
  scanf("%d", &x);  // error[unsupported]
  return 0;
}
