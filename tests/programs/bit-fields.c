/* SPDX-License-Identifier: CC0-1.0 */
// Bit-fields: widths, signs, neighbours, where a unit ends, and in static and local initialisers.
#include <stdio.h>

struct flags {
    unsigned ready : 1, mode : 3;
    int delta : 4;
    unsigned : 0;
    unsigned char tag;
};
struct mix {
    char c;
    unsigned a : 4;
    unsigned long b : 40;
    _Bool on : 1;
};
static struct flags table[2] = { { 1, 2, -3, 'a' }, { .mode = 7, .delta = 7 } };

int main(void)
{
    struct flags f = { .mode = 1 }, *p = &f;
    struct mix m = { 'q', 15, 1UL << 39, 5 };

    printf("%zu %zu\n", sizeof f, sizeof m); // expect: 8 8
    p->mode = 9;
    p->delta = -8;
    printf("%d %d %d\n", f.ready, f.mode, f.delta); // expect: 0 1 -8
    f.mode += 7;
    f.delta--;
    printf("%d %d %d\n", f.ready++, f.mode, f.delta); // expect: 0 0 7
    printf("%d %d\n", f.ready, (f.mode = 3) + 1); // expect: 1 4
    printf("%d %d %d\n", table[0].delta, table[1].mode, table[1].tag); // expect: -3 7 0
    printf("%c %d %lu %d\n", m.c, m.a, (unsigned long)m.b, m.on); // expect: q 15 549755813888 1
    printf("%d\n", f.mode - 4 < 0); // expect: 1
    return 0;
}
