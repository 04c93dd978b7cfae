/* SPDX-License-Identifier: CC0-1.0 */
// Only the head of a list is freed; the rest is lost with it.
#include <stdlib.h>

struct node { struct node *next; };

int main(void)
{
    struct node *head = NULL;
    for (int i = 0; i < 4; i++) {
        struct node *n = malloc(sizeof *n); // expect-leak: 24 3
        n->next = head;
        head = n;
    }
    free(head);
    return 0;
}
