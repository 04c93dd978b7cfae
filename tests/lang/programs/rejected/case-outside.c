int main(void)
{
  case 1: ;  // error[misplaced]
  return 0;
}
// gcc: 3:3: error: case label not within a switch statement
