#include <stdio.h>
int (*p)(const char *, ...) = printf;  // error[unsupported]
int main(void) { return p("") != 0; }
