#include <stdio.h>
#include <string.h>

typedef struct
{
  int x, y;
} Point;

struct shape
{
  enum { CIRCLE, SQUARE = 5 } kind;
  union
  {
    double radius;
    struct
    {
      int width, height;
    };
    int parts[3];
  } size;
  Point at;
  const char *name;
};

static int add (int a, int b) { return a + b; }

static int (*operations[4]) (int, int) = { add, [2] = &add };
int grid[3][4] = { { 1, 2 }, { [2] = 7 }, 9, 10, 11, 12 };
char *names[] = { "zoe", "adam" };
static int *inner = &grid[1][2];
const char message[] = "two"
                       " words";
Point points[] = { [2] = { 1, 2 }, { 3, 4 }, [0].y = 9 };
struct shape plain = { SQUARE, { .parts = { 1, 2, 3 } }, { 5, 6 }, "plain" };
char exact[3] = "abc";

int
main (void)
{
  struct shape s = { .size.width = 2, .at = { .y = 3 }, .name = message };
  struct shape t = s, list[2] = { s, { CIRCLE } };
  Point line[] = { 1, 2, 3, 4 }, *made = &(Point){ 7, 8 };
  char text[40] = "hello", words[2][6] = { "one", "two" }, letters[] = { 'a', 'b', 0 };
  int zeros[100] = { 0 }, some[20] = { [3] = 1, 2, [10] = 5 };

  printf ("%d %d %s %d\n", t.size.width, list[1].at.y, list[0].name, line[1].y);
  printf ("%d %d %s %s %s\n", made->x, zeros[99], text, words[1], letters);
  printf ("%d %d %d\n", some[4], some[10], operations[2](grid[2][3], *inner));
  printf ("%zu %zu %d\n", sizeof points / sizeof *points, sizeof message, exact[2]);
  return (int[]){ 0, 1 }[0] + (int){ 0 };
}
