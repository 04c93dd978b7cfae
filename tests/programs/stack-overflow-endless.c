/* SPDX-License-Identifier: CC0-1.0 */
// A recursion without an end.
#include <stdio.h>

static long count(long n)
{
    long local[16] = { n };
    return local[0] + count(n + 1); // expect-fault: stack-overflow
}

int main(void)
{
    puts("begins"); // expect: begins
    printf("%ld\n", count(0));
    return 0;
}
