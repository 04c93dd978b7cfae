/* SPDX-License-Identifier: CC0-1.0 */
// Shifts and bit tricks: counting, reversing, rotating, masks, flags.
#include <stdint.h>
#include <stdio.h>

#define FLAG(n) (1u << (n))

static int count(unsigned int n)
{
    int bits = 0;
    for (; n; n &= n - 1)
        bits++;
    return bits;
}

static uint8_t reverse(uint8_t b)
{
    b = (uint8_t)((b & 0xF0) >> 4 | (b & 0x0F) << 4);
    b = (uint8_t)((b & 0xCC) >> 2 | (b & 0x33) << 2);
    return (uint8_t)((b & 0xAA) >> 1 | (b & 0x55) << 1);
}

static uint32_t rotate(uint32_t n, int by)
{
    return n << by | n >> (32 - by);
}

int main(void)
{
    unsigned int flags = FLAG(0) | FLAG(5) | FLAG(31);
    printf("%u %x %d\n", flags, flags, count(flags)); // expect: 2147483681 80000021 3
    flags &= ~FLAG(5);
    flags ^= FLAG(1) | FLAG(0);
    printf("%x %d %d\n", flags, !!(flags & FLAG(1)), !!(flags & FLAG(0))); // expect: 80000002 1 0
    printf("%02x %02x\n", reverse(0x13), reverse(0x80)); // expect: c8 01
    printf("%08x\n", rotate(0x12345678, 8)); // expect: 34567812
    printf("%d %d %d\n", -1 >> 31, -17 >> 2, 17 >> 2); // expect: -1 -5 4
    printf("%u\n", 0xFFFFFFFFu >> 31); // expect: 1
    printf("%lx\n", 1UL << 63); // expect: 8000000000000000
    printf("%d\n", 1 << 30); // expect: 1073741824
    unsigned char byte = 0x81;
    printf("%x %x\n", byte << 1, (unsigned char)(byte << 1)); // expect: 102 2
    uint64_t x = 0x0123456789abcdef;
    for (int i = 7; i >= 0; i--)
        printf("%02x.", (unsigned int)(x >> (8 * i)) & 0xff);
    puts(""); // expect: 01.23.45.67.89.ab.cd.ef.
    int a = 12, b = 25;
    a ^= b;
    b ^= a;
    a ^= b;
    printf("%d %d\n", a, b); // expect: 25 12
    for (int i = 7; i >= 0; i--)
        putchar('0' + (0xA5 >> i & 1));
    putchar('\n'); // expect: 10100101
    return 0;
}
