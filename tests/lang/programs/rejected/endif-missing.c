#ifdef X  // error[bad-directive]
int main(void) { return 0; }
// gcc: 1: error: unterminated #ifdef
