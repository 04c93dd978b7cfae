int main(void)
{
  return sizeof (struct nothing);  // error[incomplete-type]
  return 0;
}
// gcc: 3:18: error: invalid application of ‘sizeof’ to incomplete type ‘struct nothing’
