struct s { int a; };
struct s { int b; };  // error[redefined]
int main(void) { return 0; }
// gcc: 2:8: error: redefinition of ‘struct s’
