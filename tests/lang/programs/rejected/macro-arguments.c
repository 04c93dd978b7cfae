#define ADD(a, b) ((a) + (b))
int main(void)
{
  return ADD(1);  // error[wrong-argument-count]
}
// gcc: 4:15: error: macro "ADD" requires 2 arguments, but only 1 given
// gcc: 4:10: error: ‘ADD’ undeclared (first use in this function)
