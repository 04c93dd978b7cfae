/* SPDX-License-Identifier: CC0-1.0 */
// INT_MAX + 1 in a counter (UBSan).
#include <limits.h>
#include <stdio.h>

int main(void)
{
    int n = INT_MAX - 2;
    for (int i = 0; i < 5; i++) {
        printf("%d\n", n);
        n++; // expect-fault: overflow
    }
    return 0;
}

/* expect-output:
2147483645
2147483646
2147483647
*/
