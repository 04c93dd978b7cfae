int main(void)
{
  default: ;  // error[misplaced]
  return 0;
}
// gcc: 3:3: error: ‘default’ label not within a switch statement
