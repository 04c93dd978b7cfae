/* SPDX-License-Identifier: CC0-1.0 */
// memcpy of more than the source has; the array parameter is a pointer.
#include <stdio.h>
#include <string.h>

static int total(const int list[], int n)
{
    int copy[8] = { 0 }, sum = 0;
    memcpy(copy, list, sizeof copy); // expect-fault: out-of-bounds
    for (int i = 0; i < n; i++)
        sum += copy[i];
    return sum;
}

int main(void)
{
    int list[3] = { 1, 2, 3 };
    printf("%d\n", total(list, 3));
    return 0;
}
