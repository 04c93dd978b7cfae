/* SPDX-License-Identifier: CC0-1.0 */
// Any object may be read and written byte by byte through an unsigned char pointer (C11 6.5p7).
#include <stdio.h>
#include <string.h>

struct pair { short a; int b; };

int main(void)
{
    struct pair p = { 0x0102, 0x03040506 };
    unsigned char *bytes = (unsigned char *)&p;
    printf("%d %d %d\n", bytes[0], bytes[1], bytes[7]); // expect: 2 1 3
    bytes[4] = 0xff;
    printf("%x\n", p.b); // expect: 30405ff
    unsigned int n = 0;
    for (size_t i = 0; i < sizeof n; i++)
        ((unsigned char *)&n)[i] = (unsigned char)(i + 1);
    printf("%x\n", n); // expect: 4030201
    double d = 1.0;
    unsigned long bits;
    memcpy(&bits, &d, sizeof bits);
    printf("%lx\n", bits); // expect: 3ff0000000000000
    float f;
    unsigned int raw = 0x40490fdb;
    memcpy(&f, &raw, sizeof f);
    printf("%.5f\n", f); // expect: 3.14159
    return 0;
}
