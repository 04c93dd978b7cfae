#include <stdio.h>
int main(void)
{
  printf("before\n");
  int (*f)(const char *, ...) = printf;  // error[unsupported]
  return f("x\n");
}
