int y = 1;
int x = y + 1;  // error[not-constant]
int main(void) { return x; }
// gcc: 2:9: error: initializer element is not constant
