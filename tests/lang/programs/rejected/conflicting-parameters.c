int f(int a);
int f(int a, int b) { return a + b; }  // error[redefined]
int main(void) { return 0; }
// gcc: 2:5: error: conflicting types for ‘f’; have ‘int(int,  int)’
