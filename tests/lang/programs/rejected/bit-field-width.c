struct pair { int a : 33; };  // error[bad-bit-field]

int main(void)
{
  return 0;
}
// gcc: 1:19: error: width of ‘a’ exceeds its type
