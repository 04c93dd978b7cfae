/* SPDX-License-Identifier: CC0-1.0 */
// Two owners of one block.
#include <stdio.h>
#include <stdlib.h>

struct buffer { char *bytes; };

static void destroy(struct buffer *b)
{
    free(b->bytes); // expect-fault: double-free
    b->bytes = NULL;
}

int main(void)
{
    struct buffer one = { malloc(10) }, two = one;
    destroy(&one);
    puts("one"); // expect: one
    destroy(&two);
    return 0;
}
