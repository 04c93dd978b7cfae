/* SPDX-License-Identifier: CC0-1.0 */
// The same pointer is given back twice.
#include <stdlib.h>

int main(void)
{
    int *p = malloc(4), *q = malloc(4);
    free(p);
    free(q);
    free(p); // expect-fault: double-free
    return 0;
}
