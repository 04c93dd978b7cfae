struct point { int x; };
int main(void)
{
  point p;  // error[undeclared]
  return 0;
}
// gcc: 4:3: error: unknown type name ‘point’; use ‘struct’ keyword to refer to the type
