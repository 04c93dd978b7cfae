/* SPDX-License-Identifier: CC0-1.0 */
// The value of a function that ended without a return is used (C11 6.9.1p12); told at that end.
#include <stdio.h>

static int sign(int n)
{
    if (n > 0)
        return 1;
    if (n < 0)
        return -1;
} // expect-fault: missing-return

int main(void)
{
    printf("%d\n", sign(5)); // expect: 1
    sign(0);
    puts("not used"); // expect: not used
    printf("%d\n", sign(0));
    return 0;
}
