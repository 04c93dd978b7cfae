/* SPDX-License-Identifier: CC0-1.0 */
// A request that no memory can serve gives NULL, and the program can go on.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    volatile size_t huge = SIZE_MAX / 4;
    char *p = malloc(huge);
    printf("%d\n", p == NULL); // expect: 1
    int *q = calloc(huge, 16);
    printf("%d\n", q == NULL); // expect: 1
    int *r = malloc(4);
    *r = 5;
    int *s = realloc(r, huge);
    printf("%d %d\n", s == NULL, *r); // expect: 1 5
    free(r);
    return 0;
}
