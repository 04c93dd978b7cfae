/* SPDX-License-Identifier: CC0-1.0 */
// realloc has given the old block back already.
#include <stdlib.h>

int main(void)
{
    char *p = malloc(8);
    char *q = realloc(p, 800);
    free(q);
    free(p); // expect-fault: double-free
    return 0;
}
