#include <stdio.h>
int main(void)
{
  printf();  // error[wrong-argument-count]
  return 0;
}
// gcc: 4:3: error: too few arguments to function ‘printf’
