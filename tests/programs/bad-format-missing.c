/* SPDX-License-Identifier: CC0-1.0 */
// A conversion without an argument (gcc -Wformat; C11 7.21.6.1p2).
#include <stdio.h>

int main(void)
{
    printf("%d %d\n", 1); // expect-fault: bad-format
    return 0;
}
