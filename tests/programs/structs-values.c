/* SPDX-License-Identifier: CC0-1.0 */
// Structs as values: copied by assignment, passed, returned, nested, in arrays, compared field by field, anonymous members.
#include <stdio.h>

struct vector { double x, y; };
struct line { struct vector from, to; const char *name; };
struct item {
    int id;
    union { int number; char letter; };
    struct { short a, b; };
};
struct holder { int list[3]; char tag; };

static struct vector add(struct vector a, struct vector b)
{
    a.x += b.x;
    a.y += b.y;
    return a;
}

static struct line turn(struct line l)
{
    struct vector t = l.from;
    l.from = l.to;
    l.to = t;
    return l;
}

static struct holder shift(struct holder h)
{
    h.list[0] = h.list[2];
    return h;
}

int main(void)
{
    struct vector a = { 1, 2 }, b = { .y = 5 }, c;
    c = add(a, b);
    printf("%g %g %g\n", c.x, c.y, a.y); // expect: 1 7 2
    c = add(add(a, a), (struct vector){ 10, 20 });
    printf("%g %g %g\n", c.x, c.y, add(c, c).x); // expect: 12 24 24
    struct line l = { { 1, 2 }, b, "side" }, m = turn(l);
    printf("%g %g %s %g\n", m.from.y, m.to.x, m.name, l.from.x); // expect: 5 1 side 1
    struct item i = { 1, { .number = 65 }, { 3, 4 } };
    printf("%d %c %d\n", i.number, i.letter, i.a * i.b); // expect: 65 A 12
    struct holder h = { { 1, 2, 3 }, 't' }, copy = h;
    copy.list[1] = 50;
    printf("%d %d %d\n", h.list[1], copy.list[1], shift(copy).list[0]); // expect: 2 50 3
    struct holder many[2] = { h, { .tag = 'u' } };
    many[1] = many[0];
    many[0].list[0] = 9;
    printf("%d %d %c\n", many[0].list[0], many[1].list[0], many[1].tag); // expect: 9 1 t
    struct vector *p = &l.to;
    p->x = 8;
    (*p).y++;
    printf("%g %g\n", l.to.x, l.to.y); // expect: 8 6
    *p = (struct vector){ 0 };
    printf("%g %g\n", l.to.x, l.to.y); // expect: 0 0
    printf("%zu %zu %zu\n", sizeof(struct line), sizeof(struct item), sizeof(struct holder)); // expect: 40 12 16
    a = b = c;
    printf("%g\n", a.x); // expect: 12
    struct { int only; } unnamed = { 6 }, twin = unnamed;
    printf("%d\n", twin.only); // expect: 6
    int which = 1;
    printf("%g\n", (which ? l.from : l.to).y); // expect: 2
    return 0;
}
