/* SPDX-License-Identifier: CC0-1.0 */
// -INT_MIN is no int (UBSan).
#include <limits.h>
#include <stdio.h>

static int magnitude(int n)
{
    return n < 0 ? -n : n; // expect-fault: overflow
}

int main(void)
{
    printf("%d\n", magnitude(-INT_MAX)); // expect: 2147483647
    printf("%d\n", magnitude(INT_MIN));
    return 0;
}
