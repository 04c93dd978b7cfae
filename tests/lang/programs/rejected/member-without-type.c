struct s {
  volume;  // error[expected-token]
};
int main(void) { return 0; }
// gcc: 2:3: error: expected specifier-qualifier-list before ‘volume’
