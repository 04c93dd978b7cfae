/* SPDX-License-Identifier: CC0-1.0 */
// Precedence and association of all binary operators.
#include <stdio.h>

int main(void)
{
    int a = 7, b = 3, c = 2;
    printf("%d %d %d\n", a - b - c, a - (b - c), a / b / c); // expect: 2 6 1
    printf("%d %d\n", a + b * c, (a + b) * c); // expect: 13 20
    printf("%d %d\n", a % b * c, a * b % c); // expect: 2 1
    printf("%d %d\n", -a + b, -(a + b)); // expect: -4 -10
    printf("%d %d %d\n", 1 << 2 + 1, (1 << 2) + 1, 64 >> 2 >> 1); // expect: 8 5 8
    printf("%d %d\n", a & 3 == 3, (a & 3) == 3); // expect: 1 1
    printf("%d %d %d\n", 6 & 3, 6 | 3, 6 ^ 3); // expect: 2 7 5
    printf("%d %d\n", 1 | 2 ^ 3 & 6, ((1 | 2) ^ 3) & 6); // expect: 1 0
    printf("%d %d\n", a > b > c, a > b == 1); // expect: 0 1
    printf("%d %d\n", !a == 0, !(a == 0)); // expect: 1 1
    printf("%d\n", a < b ? 1 : a < c ? 2 : 3); // expect: 3
    printf("%d %d\n", ~5, ~5 + 1); // expect: -6 -5
    printf("%d\n", 1 || 0 && 0); // expect: 1
    a = b = c;
    printf("%d %d %d\n", a, b, c); // expect: 2 2 2
    a += b -= c *= 3;
    printf("%d %d %d\n", a, b, c); // expect: -2 -4 6
    printf("%d\n", a++ + ++b); // expect: -5
    printf("%d\n", a-- - --b); // expect: 3
    printf("%d %d\n", - -a, +a); // expect: -2 -2
    printf("%d\n", (1, 2, a)); // expect: -2
    unsigned int u = 0xF0;
    u >>= 4;
    u |= 0x30;
    u ^= 1;
    u &= ~2u;
    u <<= 2;
    u %= 100;
    printf("%u\n", u); // expect: 40
    printf("%zu\n", sizeof a + 1); // expect: 5
    printf("%zu\n", sizeof(int) * 3); // expect: 12
    return 0;
}
