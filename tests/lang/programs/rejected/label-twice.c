int main(void)
{
  a: ;
  a: ;  // error[redefined]
  goto a;
  return 0;
}
// gcc: 4:3: error: duplicate label ‘a’
