/* SPDX-License-Identifier: CC0-1.0 */
// ++ on a signed char wraps by conversion and is no overflow (C11 6.3.1.3p3, gcc); on an int it is.
#include <limits.h>
#include <stdio.h>

int main(void)
{
    signed char c = 127;
    short s = SHRT_MAX;
    c++;
    s += 1;
    printf("%d %d\n", c, s); // expect: -128 -32768
    int n = INT_MIN;
    n--; // expect-fault: overflow
    return n;
}
