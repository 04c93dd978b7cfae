_Static_assert (sizeof (int) == 2, "ints are small");  // error[static-assert]
int main(void) { return 0; }
// gcc: 1:1: error: static assertion failed: "ints are small"
