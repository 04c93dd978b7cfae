int main(void)
{
  return _Generic (1, int: 0, default: 1);  // error[unsupported]
  return 0;
}
