/* SPDX-License-Identifier: CC0-1.0 */
// The old pointer is used after the block has grown: it dangles, wherever the new block lies.
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *list = malloc(2 * sizeof *list), *first = list;
    list[0] = 7;
    list = realloc(list, 20 * sizeof *list);
    printf("%d\n", list[0]); // expect: 7
    *first = 8; // expect-fault: use-after-free
    free(list);
    return 0;
}
