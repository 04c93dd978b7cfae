int main(void)
{
  if (1)
    int x = 1;  // error[expected-token]
  return 0;
}
// gcc: 4:5: error: expected expression before ‘int’
