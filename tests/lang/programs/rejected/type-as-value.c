int main(void)
{
  typedef int T;
  return T;  // error[expected-token]
  return 0;
}
// gcc: 4:10: error: expected expression before ‘T’
