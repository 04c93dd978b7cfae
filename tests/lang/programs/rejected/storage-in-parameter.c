int f(static int a) { return a; }  // error[bad-specifier]
int main(void) { return f(1); }
// gcc: 1:18: error: storage class specified for parameter ‘a’
