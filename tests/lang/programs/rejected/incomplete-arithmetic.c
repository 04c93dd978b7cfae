int main(void)
{
  struct nothing *p = 0;
  p++;  // error[incomplete-type]
  return 0;
}
// gcc: 4:4: error: increment of pointer to an incomplete type ‘struct nothing’
