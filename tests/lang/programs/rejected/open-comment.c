// gcc: 4:3: error: unterminated comment
int main(void)
{
  return 0;
} /* the end  // error[unterminated]
