/* SPDX-License-Identifier: CC0-1.0 */
// malloc's bytes have no values: the sum is printed.
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *list = malloc(3 * sizeof *list), sum = 0;
    list[0] = 1;
    list[2] = 3;
    for (int i = 0; i < 3; i++)
        sum += list[i];
    printf("%d\n", sum); // expect-fault: uninitialised-read
    free(list);
    return 0;
}
