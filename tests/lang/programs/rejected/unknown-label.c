int main(void)
{
  goto out;  // error[undeclared]
  return 0;
}
// gcc: 3:3: error: label ‘out’ used but not defined
