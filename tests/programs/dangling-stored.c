/* SPDX-License-Identifier: CC0-1.0 */
// A frame's address kept in a global and in a heap block.
#include <stdio.h>
#include <stdlib.h>

static int **slot;

static void store(void)
{
    int local = 6;
    *slot = &local;
    printf("%d\n", **slot); // expect: 6
}

int main(void)
{
    slot = malloc(sizeof *slot);
    store();
    **slot = 7; // expect-fault: dangling-stack
    free(slot);
    return 0;
}
