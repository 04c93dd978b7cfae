/* SPDX-License-Identifier: CC0-1.0 */
// do-while: the condition is the first use.
#include <stdio.h>

int main(void)
{
    int more, n = 0;
    do {
        n++;
        if (n == 100)
            more = 0;
        printf("%d\n", n); // expect: 1
    } while (more); // expect-fault: uninitialised-read
    return 0;
}
