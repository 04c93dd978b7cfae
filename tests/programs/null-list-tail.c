/* SPDX-License-Identifier: CC0-1.0 */
// The loop goes one node too far.
#include <stdio.h>

struct node { struct node *next; int value; };

int main(void)
{
    struct node c = { NULL, 3 }, b = { &c, 2 }, a = { &b, 1 };
    struct node *n = &a;
    while (n->value != 4) // expect-fault: null-dereference
        n = n->next;
    printf("%d\n", n->value);
    return 0;
}
