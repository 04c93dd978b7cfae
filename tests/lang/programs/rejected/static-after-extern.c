int f(void);
static int f(void) { return 1; }  // error[redefined]
int main(void) { return f(); }
// gcc: 2:12: error: static declaration of ‘f’ follows non-static declaration
