int main(void)
{
  break;  // error[misplaced]
  return 0;
}
// gcc: 3:3: error: break statement not within loop or switch
