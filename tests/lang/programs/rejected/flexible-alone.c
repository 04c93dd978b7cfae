struct s { int a[]; };  // error[incomplete-type]
int main(void) { return 0; }
// gcc: 1:16: error: flexible array member in a struct with no named members
