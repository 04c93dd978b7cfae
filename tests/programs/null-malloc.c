/* SPDX-License-Identifier: CC0-1.0 */
// malloc failed and nobody looked.
#include <stdint.h>
#include <stdlib.h>

int main(void)
{
    volatile size_t n = SIZE_MAX / 2;
    char *p = malloc(n);
    p[0] = 'x'; // expect-fault: null-dereference
    return 0;
}
