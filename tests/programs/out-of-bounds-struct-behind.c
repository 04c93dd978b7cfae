/* SPDX-License-Identifier: CC0-1.0 */
// Behind the last struct of a heap array, through ->.
#include <stdlib.h>

struct item { int id; double price; };

int main(void)
{
    struct item *items = malloc(3 * sizeof *items);
    for (struct item *i = items; i <= items + 3; i++)
        i->id = 1; // expect-fault: out-of-bounds
    free(items);
    return 0;
}
