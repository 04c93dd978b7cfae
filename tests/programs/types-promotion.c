/* SPDX-License-Identifier: CC0-1.0 */
// Integer promotion and the usual arithmetic conversions (C11 6.3.1.1, 6.3.1.8), seen through sizeof and results.
#include <stdio.h>

int main(void)
{
    char c = 100;
    short s = 30000;
    unsigned char u = 200;
    unsigned short w = 60000;
    int i = -5;
    unsigned int n = 3;
    long l = -5;
    float f = 0.5f;

    printf("%zu %zu %zu %zu\n", sizeof(c + c), sizeof(c), sizeof(+c), sizeof(c += c)); // expect: 4 1 4 1
    printf("%d %d\n", c + c, s + s); // expect: 200 60000
    printf("%d %d\n", ~u, !u); // expect: -201 0
    printf("%d\n", u << 4); // expect: 3200
    printf("%u\n", i + n); // expect: 4294967294
    printf("%ld\n", l + n); // expect: -2
    printf("%d\n", i / (int)n); // expect: -1
    printf("%u\n", i / n); // expect: 1431655763
    printf("%d %d\n", w > i, n > i); // expect: 1 0
    printf("%zu %zu %zu\n", sizeof(f + i), sizeof(f * 2.0), sizeof(1 ? c : l)); // expect: 4 8 8
    printf("%.2f\n", f + i); // expect: -4.50
    printf("%d\n", -7 / 2 * 2 + -7 % 2); // expect: -7
    printf("%d %d %d\n", 7 % -3, -7 % 3, -7 / 3); // expect: 1 -1 -2
    printf("%d\n", (char)(c + 100)); // expect: -56
    unsigned char x = 250, y = 10;
    unsigned char sum = x + y;
    printf("%d %d\n", x + y, sum); // expect: 260 4
    printf("%d\n", x + y > 255); // expect: 1
    printf("%zu %zu %zu %zu\n", sizeof 1, sizeof 1L, sizeof 1u, sizeof 2147483648); // expect: 4 8 4 8
    printf("%zu %zu\n", sizeof 'a', sizeof 0x80000000); // expect: 4 4
    printf("%d %d\n", 010, 0x1F); // expect: 8 31
    printf("%d\n", -8 >> 1); // expect: -4
    return 0;
}
