/* SPDX-License-Identifier: CC0-1.0 */
// Each round has a variable of its own: a pointer to the one before dangles (C11 6.2.4p6; the sanitizers give both the same address).
#include <stdio.h>

int main(void)
{
    int *before = NULL;
    for (int i = 0; i < 2; i++) {
        int round = i;
        if (before != NULL)
            printf("%d\n", *before); // expect-fault: dangling-stack
        before = &round;
    }
    return 0;
}
