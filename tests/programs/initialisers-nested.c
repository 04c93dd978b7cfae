/* SPDX-License-Identifier: CC0-1.0 */
// Initialisers: braces left out, designators that go back, strings in arrays of arrays, the rest is zero, order of evaluation of places.
#include <stdio.h>

struct point { int x, y; };
struct shape { struct point corners[3]; char label[6]; union { int i; char c; } u; };

int main(void)
{
    struct shape flat = { 1, 2, 3, 4, 5, 6, "tri", 65 };
    printf("%d %d %s %c\n", flat.corners[1].y, flat.corners[2].x, flat.label, flat.u.c); // expect: 4 5 tri A
    struct shape some = { .corners[1] = { 7, 8 }, .corners[0].y = 9, .label = { 'a', 'b' }, .u.c = 'z' };
    printf("%d %d %d %s %c\n", some.corners[0].x, some.corners[0].y, some.corners[1].x, some.label, some.u.i); // expect: 0 9 7 ab z
    int back[4] = { [2] = 5, 6, [0] = 1, 2 };
    printf("%d %d %d %d\n", back[0], back[1], back[2], back[3]); // expect: 1 2 5 6
    int twice[2] = { [0] = 1, [0] = 2 };
    printf("%d %d\n", twice[0], twice[1]); // expect: 2 0
    char names[3][4] = { "one", { 't', 'w', 'o' }, "" };
    printf("%s %s %d\n", names[0], names[1], names[2][3]); // expect: one two 0
    int grid[][3] = { 1, 2, 3, 4 };
    printf("%zu %d %d\n", sizeof grid / sizeof *grid, grid[1][0], grid[1][2]); // expect: 2 4 0
    int n = 3, m[3] = { n, n * n, m == NULL };
    printf("%d %d %d\n", m[0], m[1], m[2]); // expect: 3 9 0
    struct point *p = &(struct point){ n, -n }, copy = *p;
    p->x = 50;
    printf("%d %d %d\n", p->x, copy.x, copy.y); // expect: 50 3 -3
    struct { struct point a; int b[2]; } deep[2] = { [1] = { .b = { 4, 5 }, .a.y = 6 } };
    printf("%d %d %d %d\n", deep[0].b[1], deep[1].a.x, deep[1].a.y, deep[1].b[1]); // expect: 0 0 6 5
    static const struct { const char *name; int (*compare)(int); } none[1] = { { "none" } };
    printf("%s %d\n", none[0].name, none[0].compare == NULL); // expect: none 1
    char scalar = { 'q' }, *text = { "braced" };
    printf("%c %s\n", scalar, text); // expect: q braced
    return 0;
}
