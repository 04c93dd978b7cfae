/* SPDX-License-Identifier: CC0-1.0 */
// %s with a number (gcc -Wformat; C11 7.21.6.1p9).
#include <stdio.h>

int main(void)
{
    int n = 5;
    printf("%d\n", n); // expect: 5
    printf("%s\n", n); // expect-fault: bad-format
    return 0;
}
