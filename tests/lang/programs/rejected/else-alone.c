int main(void) { return 0; }
#else  // error[bad-directive]
#endif  // error[bad-directive]
// gcc: 2:2: error: #else without #if
// gcc: 3:2: error: #endif without #if
