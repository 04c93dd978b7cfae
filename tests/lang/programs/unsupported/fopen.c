#include <stdio.h>
int main(void)
{
  FILE *f = fopen("a", "r");  // error[unsupported]
  return f == NULL;
}
