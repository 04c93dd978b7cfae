_Atomic int x;  // error[unsupported]
int main(void) { return x; }
