int main(void) { return 0; }
#endif  // error[bad-directive]
// gcc: 2:2: error: #endif without #if
