struct s {
  int a;
  struct s next;  // error[incomplete-type]
};
int main(void) { return 0; }
// gcc: 3:12: error: field ‘next’ has incomplete type
