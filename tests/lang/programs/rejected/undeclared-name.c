int main(void)
{
  int total = 1;
  totl = 2;  // error[undeclared]
  return 0;
}
// gcc: 4:3: error: ‘totl’ undeclared (first use in this function); did you mean ‘total’?
