int main(void)
{
  for (int i = 0, i < 3, i++)  // error[expected-token]
    ;
  return 0;
}
// gcc: 3:21: error: expected ‘=’, ‘,’, ‘;’, ‘asm’ or ‘__attribute__’ before ‘<’ token
// gcc: 5:3: error: expected expression before ‘return’
