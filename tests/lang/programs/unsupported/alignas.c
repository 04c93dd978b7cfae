_Alignas (16) char a[16];  // error[unsupported]
int main(void) { return 0; }
