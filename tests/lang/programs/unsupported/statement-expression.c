int main(void)
{
  return ({ 0; });  // error[unsupported]
  return 0;
}
