enum e { A, B, A };  // error[redefined]
int main(void) { return 0; }
// gcc: 1:16: error: redeclaration of enumerator ‘A’
