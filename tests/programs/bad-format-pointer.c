/* SPDX-License-Identifier: CC0-1.0 */
// %d with a pointer: the * was forgotten (gcc -Wformat; C11 7.21.6.1p9).
#include <stdio.h>

int main(void)
{
    int n = 5, *p = &n;
    printf("%d\n", *p); // expect: 5
    printf("%d\n", p); // expect-fault: bad-format
    return 0;
}
