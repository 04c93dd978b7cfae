#include <stdlib.h>
int malloc(int n) { return n; }  // error[redefined]
int main(void) { return 0; }
// gcc: 2:5: error: conflicting types for ‘malloc’; have ‘int(int)’
