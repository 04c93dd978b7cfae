/* SPDX-License-Identifier: CC0-1.0 */
// Types of constants and constant expressions: in case labels, array sizes, enumerators; suffixes, hexadecimal, very large ones.
#include <stdio.h>

enum { A = 1 << 4, B = A | 3, C = sizeof(int) * 2, D = 'x' - 'a', E = -(-7) / 2, F = A > B ? 1 : 2, G = !A, H = ~0 };

int main(void)
{
    char array[(A + B) % 7 + 1];
    printf("%d %d %d %d %d %d %d %d\n", A, B, C, D, E, F, G, H); // expect: 16 19 8 23 3 2 0 -1
    printf("%zu\n", sizeof array); // expect: 1
    switch (19) {
    case A + 1: puts("no"); break;
    case B: puts("yes"); break; // expect: yes
    }
    printf("%d\n", -1 < 0x7fffffff); // expect: 1
    printf("%d\n", -1 < 0xffffffff); // expect: 0
    printf("%d\n", -1 < 4294967295); // expect: 1
    printf("%lu\n", 0xffffffffffffffff); // expect: 18446744073709551615
    printf("%ld\n", -9223372036854775807 - 1); // expect: -9223372036854775808
    printf("%d\n", 2147483647 + 1u == 2147483648); // expect: 1
    printf("%zu %zu %zu\n", sizeof(1.0f), sizeof(1.0), sizeof(1 ? 1 : 1L)); // expect: 4 8 8
    printf("%d %d\n", '\101' == 'A', (unsigned char)'\xe9'); // expect: 1 233
    return 0;
}
