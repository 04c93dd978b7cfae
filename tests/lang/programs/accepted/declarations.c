#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

struct node;
typedef struct node Node;
struct node
{
  struct node *next, **slot;
  const Node *other;
  char text[];
};

typedef int (*Compare) (const void *, const void *);
extern int elsewhere;
int elsewhere = 3, tentative, tentative;
static inline int twice (int x);
unsigned long long wide = 18446744073709551615ULL;
short int unsigned half = 65535;
long signed int whole = -1L;
volatile const int fixed = 4;
int (*choose (int which)) (int);

static inline int
twice (int x)
{
  return 2 * x;
}

static int
same (int x)
{
  return x;
}

int (*choose (int which)) (int)
{
  extern int tentative;
  return which + tentative ? twice : same;
}

static int
compare (const void *a, const void *b)
{
  return *(const int *)a - *(const int *)b;
}

static Node *
make (size_t n)
{
  Node *node = malloc (sizeof *node + n);

  node->next = NULL;
  node->text[n - 1] = 'x';
  return node;
}

int
main (int argc, char *argv[])
{
  Compare order = compare;
  int table[3] = { 3, 1, 2 }, (*rows)[3] = &table, *const first = table;
  bool is_set = (_Bool)2.5;
  int8_t tiny = -128;
  uint32_t natural = UINT32_MAX;
  ptrdiff_t gap = &table[3] - first;
  size_t (*length) (const char *) = NULL;
  int (*absolute) (int) = abs;
  static int calls;
  register int quick = 1;
  enum { LOCAL = 7 } kind = LOCAL;
  Node *node = make (4);

  qsort (table, 3, sizeof table[0], order);
  _Static_assert (sizeof (Node) == 24, "three pointers");
  calls += (*rows)[0] + quick + kind + tiny + (int)natural + (int)gap;
  free (node);
  {
    int table = 5;
    calls += table;
  }
  return choose (0) (absolute (-1)) + is_set + (length == NULL) + argc * (argv == NULL) + calls
         + (offsetof (Node, other) == 16) + (int)_Alignof (double) - (int)half - (int)whole;
}
