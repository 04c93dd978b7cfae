int n = 1;
enum e { A = n };  // error[not-constant]
int main(void) { return A; }
// gcc: 2:10: error: enumerator value for ‘A’ is not an integer constant
