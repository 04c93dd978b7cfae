int f(void) { return 1; }
int x = f();  // error[not-constant]
int main(void) { return x; }
// gcc: 2:9: error: initializer element is not constant
