int main(void)
{
  if ()  // error[expected-token]
    return 1;
  return 0;
}
// gcc: 3:7: error: expected expression before ‘)’ token
