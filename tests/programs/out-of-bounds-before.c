/* SPDX-License-Identifier: CC0-1.0 */
// Before the first element.
#include <stdlib.h>

int main(void)
{
    long *list = calloc(3, sizeof *list);
    long *p = list + 2;
    while (p >= list)
        *p-- = 1;
    *p = 5; // expect-fault: out-of-bounds
    free(list);
    return 0;
}
