#if 1 +  // error[bad-directive]
#endif
int main(void) { return 0; }
// gcc: 1:8: error: operator '+' has no right operand
