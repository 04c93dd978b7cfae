/* SPDX-License-Identifier: CC0-1.0 */
// A node whose link was never set.
#include <stdlib.h>

struct node { int value; struct node *next; };

int main(void)
{
    struct node *n = malloc(sizeof *n);
    int sum = 0;
    n->value = 3;
    while (n) { // expect-fault: uninitialised-read
        sum += n->value;
        n = n->next;
    }
    return sum;
}
