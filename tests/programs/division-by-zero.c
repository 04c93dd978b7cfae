/* SPDX-License-Identifier: CC0-1.0 */
// The mean of nothing.
#include <stdio.h>

static int mean(const int *list, int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++)
        sum += list[i];
    return sum / n; // expect-fault: division-by-zero
}

int main(void)
{
    int list[2] = { 3, 5 };
    printf("%d\n", mean(list, 2)); // expect: 4
    printf("%.1f\n", 1.0 / 4); // expect: 0.2
    return mean(list, 0);
}
