/* SPDX-License-Identifier: CC0-1.0 */
// Nor was a global array.
#include <stdio.h>
#include <stdlib.h>

static int table[4];

int main(void)
{
    puts("before"); // expect: before
    free(table); // expect-fault: invalid-free
    return 0;
}
