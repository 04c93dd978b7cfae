/* SPDX-License-Identifier: CC0-1.0 */
// Called through a pointer of another type (C11 6.3.2.3p8).
#include <stdio.h>

static int add(int a, int b) { return a + b; }

int main(void)
{
    int (*right)(int, int) = add;
    printf("%d\n", right(1, 2)); // expect: 3
    int (*wrong)(int) = (int (*)(int))add;
    printf("%d\n", wrong(1)); // expect-fault: bad-call
    return 0;
}
