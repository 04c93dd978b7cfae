// function entry: ENTER on the line with the name; falling off the end: EXIT on the closing brace
void
f (int a) // enter
{
} // exit
int main (void) // enter
{
  f (1); // stmt
  return 0; // stmt exit
}
