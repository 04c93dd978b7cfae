struct s { unsigned a : 3; };  // error[unsupported]
int main(void) { return 0; }
