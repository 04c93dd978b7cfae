/* SPDX-License-Identifier: CC0-1.0 */
// Members and elements of a struct that a call has just returned; chains of calls; structs in conditional expressions.
#include <stdio.h>

struct inner { int list[3]; };
struct outer { struct inner in; const char *name; };
struct chain { int n; };

static struct outer make(int n)
{
    struct outer o = { { { n, n + 1, n + 2 } }, "made" };
    return o;
}

static struct chain add(struct chain c, int n) { return (struct chain){ c.n + n }; }
static struct chain *self(struct chain *c) { return c; }

int main(void)
{
    printf("%d %s\n", make(4).in.list[1], make(1).name); // expect: 5 made
    printf("%d\n", add(add(add((struct chain){ 1 }, 2), 3), 4).n); // expect: 10
    struct chain c = { 5 };
    self(&c)->n += 2;
    (*self(&c)).n *= 2;
    self(self(&c))->n--;
    printf("%d\n", c.n); // expect: 13
    int first = 0;
    struct outer o = first ? make(1) : make(100);
    printf("%d\n", o.in.list[2]); // expect: 102
    printf("%zu %zu\n", sizeof make(0).in, sizeof(o.in.list)); // expect: 12 12
    struct outer list[2] = { make(7), o };
    list[0] = list[1], list[1] = make(9);
    printf("%d %d\n", list[0].in.list[0], list[1].in.list[0]); // expect: 100 9
    return make(3).in.list[0] + add(c, 1).n; // expect-exit: 17
}
