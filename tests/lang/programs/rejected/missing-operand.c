int main(void)
{
  int x = 1 + ;  // error[expected-token]
  return 0;
}
// gcc: 3:15: error: expected expression before ‘;’ token
