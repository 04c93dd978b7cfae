/* SPDX-License-Identifier: CC0-1.0 */
// The only pointer is overwritten.
#include <stdlib.h>

int main(void)
{
    char *p = malloc(24); // expect-leak: 24 1
    p[0] = 'x';
    p = malloc(8);
    free(p);
    return 0;
}
