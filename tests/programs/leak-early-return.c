/* SPDX-License-Identifier: CC0-1.0 */
// A way out that forgets to free; three rounds, two of them leak.
#include <stdio.h>
#include <stdlib.h>

static int parse(int n)
{
    int *copy = malloc(sizeof *copy); // expect-leak: 8 2
    *copy = n;
    if (n % 2)
        return -1;
    free(copy);
    return 0;
}

int main(void)
{
    int errors = 0;
    for (int i = 1; i <= 3; i++)
        errors -= parse(i);
    printf("%d\n", errors); // expect: 2
    return 0;
}
