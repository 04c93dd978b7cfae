// break, continue and goto are statements; inner blocks have no STOP at their end; unreached code has none at all
int main (void) // enter
{
  int n = 0; // stmt
  for (int i = 0; i < 5; i++) // cond cond
    {
      int a[2]; // (begins a life, which is no step)
      if (i == 1) // cond
        continue; // stmt
      a[0] = i; // stmt
      n += a[0]; // stmt
    }
  goto end; // stmt
  n = 1;
end:
  return n - 9; // stmt exit
}
