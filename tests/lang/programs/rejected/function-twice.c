int f(void) { return 1; }
int f(void) { return 2; }  // error[redefined]
int main(void) { return f(); }
// gcc: 2:5: error: redefinition of ‘f’
