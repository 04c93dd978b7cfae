/* SPDX-License-Identifier: CC0-1.0 */
// Two blocks that hold each other are lost together.
#include <stdlib.h>

struct half { struct half *other; char bytes[24]; };

static void link_up(void)
{
    struct half *a = malloc(sizeof *a); // expect-leak: 32 1
    struct half *b = malloc(sizeof *b); // expect-leak: 32 1
    a->other = b;
    b->other = a;
    a = b = NULL;
}

int main(void)
{
    link_up();
    return 0;
}
