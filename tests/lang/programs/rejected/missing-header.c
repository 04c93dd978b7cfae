#include <nowhere.h>  // error[missing-header]
int main(void) { return 0; }
// gcc: 1:10: fatal error: nowhere.h: No such file or directory
