/* SPDX-License-Identifier: CC0-1.0 */
// A function frees its argument; the caller's line that uses it afterwards is to blame, in another function.
#include <stdlib.h>

struct cell { int n; };

static void consume(struct cell *c) { free(c); }

static int peek(const struct cell *c)
{
    return c->n; // expect-fault: use-after-free
}

int main(void)
{
    struct cell *c = calloc(1, sizeof *c);
    consume(c);
    return peek(c);
}
