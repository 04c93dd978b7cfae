int main(void)
{
  __asm__ ("nop");  // error[unsupported]
  return 0;
}
