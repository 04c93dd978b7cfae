int f(int a);
double f(int a) { return a; }  // error[redefined]
int main(void) { return 0; }
// gcc: 2:8: error: conflicting types for ‘f’; have ‘double(int)’
