struct s { int n; char text[]; };
int main(void)
{
  struct s v = { 1, "ab" };  // error[incomplete-type]
  return v.n;
}
// gcc: 4:21: error: non-static initialization of a flexible array member
