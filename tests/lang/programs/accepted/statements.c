#include <stdio.h>

static int
classify (int c)
{
  switch (c)
    {
      int unused;
    case 'a':
    case 'e':
      return 1;
    case -1:
      c++;
    case 'z':
      c += 2;
      break;
    default:
      for (unused = 0; unused < 3; unused++)
        {
          if (unused == 1)
            continue;
          switch (unused)
            {
            case 2:
              goto out;
            }
        }
    }
out:
  return c;
}

static void
nothing (void)
{
  return nothing ();
}

static int
forever (int n)
{
  for (;;)
    if (n-- < 0)
      return n;
}

static int
device (int n)
{
  int sum = 0;

  switch (n % 2)
    {
      do
        {
        case 1:
          sum++;
        case 0:
          sum += 10;
        }
      while (--n > 0);
    }
  return sum;
}

static int
search (int (*board)[3], int wanted)
{
  int i, j;

  for (i = 0; i < 3; i++)
    for (j = 0; j < 3; j++)
      {
        int *cell = &board[i][j], copy[2];

        copy[0] = *cell;
        if (copy[0] == wanted)
          goto found;
      }
  return -1;
found:
  return 3 * i + j;
}

int
main (void)
{
  int board[3][3] = { { 1, 2, 3 }, { 4, 5, 6 } }, n = 0;

  do
    n++;
  while (n < 5 && n != 3);
  while (1)
    {
      if (n)
        break;
    }
  if (0)
    puts ("never");
  else if (n == 3)
    ;
  else
    {
    }
  if (n > 100)
    nothing ();
  return classify ('e') + forever (2) + device (3) + search (board, 6) + n - 41;
}
