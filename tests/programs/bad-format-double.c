/* SPDX-License-Identifier: CC0-1.0 */
// %d with a double (gcc -Wformat; C11 7.21.6.1p9).
#include <stdio.h>

int main(void)
{
    double half = 0.5;
    printf("%.1f\n", half); // expect: 0.5
    printf("%d\n", half); // expect-fault: bad-format
    return 0;
}
