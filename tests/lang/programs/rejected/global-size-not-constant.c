int n = 3;
int a[n];  // error[not-constant]
int main(void) { return 0; }
// gcc: 2:5: error: variably modified ‘a’ at file scope
