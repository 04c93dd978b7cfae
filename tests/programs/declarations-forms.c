/* SPDX-License-Identifier: CC0-1.0 */
// Declarations: several in one, inside for, after statements, qualifiers in any order, pointers to functions that return pointers.
#include <stdio.h>

unsigned long int long wide = 9;
short unsigned narrow = 8;
long const volatile odd = 7;
static int a, *b = &a, c[2] = { 1, 2 }, (*d)[2] = &c, *(*e)(int *);
typedef const char *Text;
inline static int twice(int n) { return n * 2; }

static int *same(int *p) { return p; }

static int old_style(register int n)
{
    auto int m = n;
    volatile int v = m;
    return v + 1;
}

struct node;
static int length(const struct node *n);
struct node { struct node *next; int value; };
static int length(const struct node *n) { return n ? 1 + length(n->next) : 0; }

int main(int argc, char **argv)
{
    (void)argc, (void)argv;
    e = same;
    a = 4;
    printf("%llu %u %ld\n", wide, narrow, odd); // expect: 9 8 7
    printf("%d %d %d\n", *b, (*d)[1], *e(&c[0])); // expect: 4 2 1
    Text t = "text", u[] = { t, t + 1 };
    printf("%s %s\n", t, u[1]); // expect: text ext
    printf("%d %d\n", twice(21), old_style(6)); // expect: 42 7
    struct node last = { 0, 3 }, middle = { &last, 2 }, first = { &middle, 1 };
    printf("%d %d\n", length(&first), first.next->next->value); // expect: 3 3
    int x = 1, y = x + 1, z = y * 2;
    printf("%d\n", z); // expect: 4
    puts("statement"); // expect: statement
    int const late = 5, *const fixed = &late;
    printf("%d %d\n", *fixed, late); // expect: 5 5
    struct local { int n; } l = { .n = 12 };
    printf("%d\n", l.n); // expect: 12
    _Static_assert(sizeof(int) == 4, "four bytes");
    printf("%zu\n", sizeof(struct { char c[3]; short s; })); // expect: 6
    return 0;
}
