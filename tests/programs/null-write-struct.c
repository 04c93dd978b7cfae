/* SPDX-License-Identifier: CC0-1.0 */
// A node's link is followed one step too far, to write.
#include <stdlib.h>

struct node { int value; struct node *next; };

int main(void)
{
    struct node *n = calloc(1, sizeof *n);
    n->next = calloc(1, sizeof *n);
    n->next->value = 2;
    n->next->next->value = 3; // expect-fault: null-dereference
    free(n->next);
    free(n);
    return 0;
}
