/* SPDX-License-Identifier: CC0-1.0 */
// One element too far, off by one in the loop.
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int n = 4, *list = malloc(n * sizeof *list), sum = 0;
    for (int i = 0; i < n; i++)
        list[i] = i;
    for (int i = 0; i <= n; i++)
        sum += list[i]; // expect-fault: out-of-bounds
    printf("%d\n", sum);
    free(list);
    return 0;
}
