/* SPDX-License-Identifier: CC0-1.0 */
// Offsets, padding and alignment on x86-64; sizes of arrays and unions.
#include <stddef.h>
#include <stdio.h>

struct loose { char a; int b; char c; double d; char e; };
struct tight { double d; int b; char a, c, e; };
struct nest { char a; struct { short s; char c; } in; long l; };
union any { char c; int i; double d; char text[13]; };

int main(void)
{
    printf("%zu %zu\n", sizeof(struct loose), sizeof(struct tight)); // expect: 32 16
    printf("%zu %zu %zu %zu\n", offsetof(struct loose, b), offsetof(struct loose, c), offsetof(struct loose, d), offsetof(struct loose, e)); // expect: 4 8 16 24
    printf("%zu %zu %zu\n", sizeof(struct nest), offsetof(struct nest, in), offsetof(struct nest, l)); // expect: 16 2 8
    printf("%zu %zu\n", sizeof(union any), _Alignof(union any)); // expect: 16 8
    struct loose list[3];
    printf("%zu %td\n", sizeof list, (char *)&list[2].b - (char *)&list[0].b); // expect: 96 64
    printf("%td\n", (char *)&list[1].d - (char *)&list[1]); // expect: 16
    union any u = { .i = 0x01020304 };
    printf("%d %d\n", u.c, u.text[3]); // expect: 4 1
    u.d = 1.0;
    unsigned char *bytes = (unsigned char *)&u;
    for (int i = 7; i >= 0; i--)
        printf("%02x", bytes[i]);
    puts(""); // expect: 3ff0000000000000
    union { float f; unsigned int bits; } pun;
    pun.f = -2.5f;
    printf("%08x\n", pun.bits); // expect: c0200000
    return 0;
}
