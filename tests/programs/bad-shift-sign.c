/* SPDX-License-Identifier: CC0-1.0 */
// A one is shifted into the sign (C11 6.5.7p4); in a constant expression gcc takes it.
#include <stdio.h>

enum { TOP = 1 << 31 };

int main(void)
{
    int one = 1;
    printf("%d %d\n", TOP, one << 30); // expect: -2147483648 1073741824
    printf("%u\n", 1u << 31); // expect: 2147483648
    printf("%d\n", one << 31); // expect-fault: bad-shift
    return 0;
}
