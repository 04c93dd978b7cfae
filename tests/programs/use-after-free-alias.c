/* SPDX-License-Identifier: CC0-1.0 */
// A second pointer to a freed block is read.
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *a = malloc(2 * sizeof *a), *b = a + 1;
    a[0] = 1;
    *b = 2;
    printf("%d\n", *b); // expect: 2
    free(a);
    puts("freed"); // expect: freed
    printf("%d\n", *b); // expect-fault: use-after-free
    return 0;
}
