/* SPDX-License-Identifier: CC0-1.0 */
// One argument more is taken than was passed (C11 7.16.1.1p2). No tool sees it: what lies there is read.
#include <stdarg.h>
#include <stdio.h>

static int sum(int n, ...)
{
    va_list list;
    int total = 0;

    va_start(list, n);
    for (int i = 0; i < n; i++)
        total += va_arg(list, int); // expect-fault: out-of-bounds
    va_end(list);
    return total;
}

int main(void)
{
    printf("%d\n", sum(2, 1, 2)); // expect: 3
    printf("%d\n", sum(3, 1, 2));
    return 0;
}
