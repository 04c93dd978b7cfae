struct s { int a; char a; };  // error[redefined]
int main(void) { return 0; }
// gcc: 1:24: error: duplicate member ‘a’
