int main(void)
{
  continue;  // error[misplaced]
  return 0;
}
// gcc: 3:3: error: continue statement not within a loop
