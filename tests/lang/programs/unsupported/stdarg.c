#include <stdarg.h>  // error[unsupported]
int main(void) { return 0; }
