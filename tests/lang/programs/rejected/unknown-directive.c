#defin N 3  // error[bad-directive]
int main(void) { return 0; }
// gcc: 1:2: error: invalid preprocessing directive #defin; did you mean #define?
