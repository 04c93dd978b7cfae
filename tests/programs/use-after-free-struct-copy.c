/* SPDX-License-Identifier: CC0-1.0 */
// A whole struct is copied out of a freed block.
#include <stdio.h>
#include <stdlib.h>

struct big { int list[8]; };

int main(void)
{
    struct big *b = calloc(1, sizeof *b), copy = *b;
    b->list[3] = 4;
    free(b);
    printf("%d\n", copy.list[3]); // expect: 0
    copy = *b; // expect-fault: use-after-free
    return copy.list[3];
}
