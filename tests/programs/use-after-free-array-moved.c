/* SPDX-License-Identifier: CC0-1.0 */
// A pointer into a growing array is kept while the array moves.
#include <stdio.h>
#include <stdlib.h>

struct list { int *items; size_t n, room; };

static void append(struct list *l, int item)
{
    if (l->n == l->room) {
        l->room = l->room ? l->room * 2 : 2;
        l->items = realloc(l->items, l->room * sizeof *l->items);
    }
    l->items[l->n++] = item;
}

int main(void)
{
    struct list l = { 0 };
    append(&l, 10);
    int *first = &l.items[0];
    append(&l, 20);
    printf("%d\n", *first); // expect: 10
    append(&l, 30);
    printf("%d\n", *first); // expect-fault: use-after-free
    free(l.items);
    return 0;
}
