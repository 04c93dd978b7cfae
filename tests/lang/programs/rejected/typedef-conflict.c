typedef int T;
typedef char T;  // error[redefined]
int main(void) { return 0; }
// gcc: 2:14: error: conflicting types for ‘T’; have ‘char’
