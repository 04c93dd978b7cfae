#include <stdio.h>
#include <string.h>

struct pair
{
  int a, b[2];
};

static struct pair
make (int a)
{
  struct pair p = { a, { a + 1, a + 2 } };
  return p;
}

static struct pair
swap (struct pair p)
{
  int t = p.a;

  p.a = p.b[0], p.b[0] = t;
  return p;
}

static char *
copy (char *to, const char *from)
{
  char *start = to;

  while ((*to++ = *from++))
    ;
  return start;
}

static int count;

static int
next (void)
{
  return count++;
}

int
main (void)
{
  int a[5] = { 1, 2, 3, 4, 5 }, i = 0, *p = a;
  unsigned char byte = 250;
  signed char small = -128;
  short half = 32767;
  _Bool flag = 0;
  double d = 7;
  float f = 0.1f;
  long wide = 1L << 40;
  unsigned u = 1u << 31;
  char text[8];
  struct pair x = make (1), y;
  int (*call) (void) = next;

  a[next ()] += 10, a[i++] *= 2, *p++ += a[next ()], ++*p;
  byte += 10, small--, half++, flag += 3, flag |= 0;
  d /= 2, f *= 3, d += f, wide %= 1000003, u >>= 3, u ^= ~0u;
  y = x = swap (swap (make (3)));
  i = i ? next () ? 3 : 4 : 5;
  i += !byte + !d + !p + -i + +i + (i > 0 && i < 10 || i == -1);
  p = i > 3 ? a : NULL;
  i = (i, 2) + sizeof (int[3]) / sizeof *a + (d > 3.0 ? 1 : 0);
  i = i << 2 | i >> 1 & 3 ^ i % 5;
  i -= (call () + (*call) () + (&next) ()) * make (2).b[1];
  i += (y.a == x.a) + (copy (text, "abc")[1] == 'b') + (1 [text] == 'b');
  i += (int)strlen ("a\tb\x41\101\\\"") + '\n' + (int)3.99 + (unsigned char)-1;
  i += p - a + (p < a + 5) + (&a[4] - &a[1]) + *(a + 2) + (*&a)[3];
  printf ("%d %u %ld %g %d %d %d %d\n", i, u, wide, d, byte, small, half, flag);
  return 0;
}
