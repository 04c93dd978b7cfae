/* SPDX-License-Identifier: CC0-1.0 */
// printf of integers: every conversion, flag, width, precision and length modifier.
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

int main(void)
{
    int n = 42, negative = -42;
    printf("[%d] [%i] [%u] [%o] [%x] [%X]\n", n, n, n, n, n, 0xBEEF); // expect: [42] [42] [42] [52] [2a] [BEEF]
    printf("[%5d] [%-5d] [%05d] [%+d] [% d] [%+5d]\n", n, n, n, n, n, n); // expect: [   42] [42   ] [00042] [+42] [ 42] [  +42]
    printf("[%5d] [%-5d] [%05d] [%+d] [% d]\n", negative, negative, negative, negative, negative); // expect: [  -42] [-42  ] [-0042] [-42] [-42]
    printf("[%.4d] [%8.4d] [%-8.4d] [%+.3d] [%08.4d]\n", n, n, n, n, n); // expect: [0042] [    0042] [0042    ] [+042] [    0042]
    printf("[%.0d] [%.d] [%.0d] [%5.0d]\n", 0, 0, 7, 0); // expect: [] [] [7] [     ]
    printf("[%#x] [%#X] [%#o] [%#x] [%#o] [%#08x] [%#10x]\n", 255, 255, 8, 0, 0, 255, 255); // expect: [0xff] [0XFF] [010] [0] [0] [0x0000ff] [      0xff]
    printf("[%hhd] [%hd] [%hhu] [%hu] [%hhx]\n", 300, 70000, 300, 70000, -1); // expect: [44] [4464] [44] [4464] [ff]
    printf("[%ld] [%lld] [%lu] [%llx] [%zu] [%jd] [%td]\n", -5L, 1LL << 40, ~0UL, 1LL << 40, sizeof n, (intmax_t)9, (ptrdiff_t)-2); // expect: [-5] [1099511627776] [18446744073709551615] [10000000000] [4] [9] [-2]
    printf("[%*d] [%-*d] [%.*d] [%*.*d]\n", 6, n, 6, n, 4, n, 7, 3, n); // expect: [    42] [42    ] [0042] [    042]
    printf("[%*d] [%.*d]\n", -6, n, -1, n); // expect: [42    ] [42]
    printf("[%c] [%3c] [%-3c] [%%]\n", 'x', 'y', 'z'); // expect: [x] [  y] [z  ] [%]
    printf("%d%d%d\n", 1, 2, 3); // expect: 123
    printf("%u %x\n", -1, -16); // expect: 4294967295 fffffff0
    printf("[%-+6d] [%- 6d] [%+-06d]\n", n, n, n); // expect: [+42   ] [ 42   ] [+42   ]
    printf("%" PRId64 " %" PRIu32 " %" PRIx8 "\n", (int64_t)-8, (uint32_t)8, (uint8_t)200); // expect: -8 8 c8
    int written = printf("12345\n"); // expect: 12345
    printf("%d\n", written); // expect: 6
    return 0;
}
