/* SPDX-License-Identifier: CC0-1.0 */
// sizeof of the pointer where the struct was meant.
#include <stdlib.h>

struct point { double x, y, z; };

int main(void)
{
    struct point *p = malloc(sizeof p);
    p->x = 1;
    p->y = 2; // expect-fault: out-of-bounds
    free(p);
    return 0;
}
