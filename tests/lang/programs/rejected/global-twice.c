int x = 1;
int x = 2;  // error[redefined]
int main(void) { return x; }
// gcc: 2:5: error: redefinition of ‘x’
