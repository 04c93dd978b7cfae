int x;
char *x;  // error[redefined]
int main(void) { return 0; }
// gcc: 2:7: error: conflicting types for ‘x’; have ‘char *’
