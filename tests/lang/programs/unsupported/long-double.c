long double x;  // error[unsupported]
int main(void) { return 0; }
