enum e { A };
struct e { int a; };  // error[redefined]
int main(void) { return A; }
// gcc: 2:8: error: ‘e’ defined as wrong kind of tag
