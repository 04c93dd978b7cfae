point p;  // error[undeclared]
int main(void) { return 0; }
// gcc: 1:1: error: unknown type name ‘point’; did you mean ‘int’?
