int main(void)
{
  int x = 1;
  switch (x) {
  case 1: continue;  // error[misplaced]
  }
  return 0;
}
// gcc: 5:11: error: continue statement not within a loop
