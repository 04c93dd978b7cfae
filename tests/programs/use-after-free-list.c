/* SPDX-License-Identifier: CC0-1.0 */
// A list is freed by a loop that reads the link of the node it has just freed.
#include <stdlib.h>

struct node { int value; struct node *next; };

int main(void)
{
    struct node *list = NULL;
    for (int i = 0; i < 3; i++) {
        struct node *n = malloc(sizeof *n);
        n->value = i;
        n->next = list;
        list = n;
    }
    for (struct node *n = list;
         n != NULL;
         n = n->next) // expect-fault: use-after-free
        free(n);
    return 0;
}
