/* SPDX-License-Identifier: CC0-1.0 */
// A node stands in two lists; both are freed.
#include <stdio.h>
#include <stdlib.h>

struct node { struct node *next; };

static void release(struct node *n)
{
    while (n) {
        struct node *next = n->next; // expect-fault: use-after-free
        free(n);
        n = next;
    }
}

int main(void)
{
    struct node *shared = calloc(1, sizeof *shared);
    struct node *a = calloc(1, sizeof *a), *b = calloc(1, sizeof *b);
    a->next = b->next = shared;
    release(a);
    puts("one list"); // expect: one list
    release(b);
    return 0;
}
