/* SPDX-License-Identifier: CC0-1.0 */
// Every integer type: size, limits, wrap of unsigned types, conversion between widths (C11 6.3.1.3).
#include <limits.h>
#include <stdint.h>
#include <stdio.h>

int main(void)
{
    printf("%zu %zu %zu %zu %zu\n", sizeof(char), sizeof(short), sizeof(int), sizeof(long), sizeof(long long)); // expect: 1 2 4 8 8
    printf("%d %d %d\n", CHAR_MIN, CHAR_MAX, UCHAR_MAX); // expect: -128 127 255
    printf("%d %d %d\n", SHRT_MIN, SHRT_MAX, USHRT_MAX); // expect: -32768 32767 65535
    printf("%d %d %u\n", INT_MIN, INT_MAX, UINT_MAX); // expect: -2147483648 2147483647 4294967295
    printf("%ld %ld %lu\n", LONG_MIN, LONG_MAX, ULONG_MAX); // expect: -9223372036854775808 9223372036854775807 18446744073709551615
    printf("%lld %lld %llu\n", LLONG_MIN, LLONG_MAX, ULLONG_MAX); // expect: -9223372036854775808 9223372036854775807 18446744073709551615

    unsigned char uc = 255;
    unsigned short us = 65535;
    unsigned int ui = UINT_MAX;
    unsigned long ul = ULONG_MAX;
    uc++;
    us += 2;
    ui *= 2;
    ul++;
    printf("%d %d %u %lu\n", uc, us, ui, ul); // expect: 0 1 4294967294 0

    int big = 70000;
    short narrow = (short)big;
    signed char narrower = (signed char)big;
    unsigned char bits = (unsigned char)-3;
    long wide = -1;
    unsigned int half = (unsigned int)wide;
    long back = half;
    long again = (int)half;
    printf("%d %d %d %u %ld %ld\n", narrow, narrower, bits, half, back, again); // expect: 4464 112 253 4294967295 4294967295 -1

    printf("%d %d\n", -1 < 0u, (short)-1 < (unsigned short)0); // expect: 0 1
    printf("%d\n", (char)200); // expect: -56
    printf("%u\n", 0u - 1); // expect: 4294967295
    int64_t a = INT64_C(1) << 40;
    uint8_t b = (uint8_t)(a >> 36);
    int_fast16_t f = 5;
    printf("%ld %d %zu\n", a, b, sizeof f); // expect: 1099511627776 16 8
    char c = 'a';
    c += 1.9;
    printf("%c %d\n", c, c - 'a'); // expect: b 1
    return 0;
}
