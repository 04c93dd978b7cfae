/* SPDX-License-Identifier: CC0-1.0 */
// A doubly linked ring with a sentinel in a local variable; Josephus.
#include <stdio.h>
#include <stdlib.h>

struct link { struct link *previous, *next; int id; };

static void insert_before(struct link *at, int id)
{
    struct link *l = malloc(sizeof *l);
    l->id = id;
    l->previous = at->previous;
    l->next = at;
    at->previous->next = l;
    at->previous = l;
}

static struct link *take_out(struct link *l)
{
    struct link *next = l->next;
    l->previous->next = l->next;
    l->next->previous = l->previous;
    free(l);
    return next;
}

int main(void)
{
    struct link ring = { &ring, &ring, 0 };
    for (int i = 1; i <= 7; i++)
        insert_before(&ring, i);
    for (struct link *l = ring.previous; l != &ring; l = l->previous)
        printf("%d ", l->id);
    puts(""); // expect: 7 6 5 4 3 2 1 
    struct link *at = ring.next;
    while (ring.next != &ring) {
        for (int steps = 0; steps < 2; steps++)
            do
                at = at->next;
            while (at == &ring);
        printf("%d ", at->id);
        at = take_out(at);
        if (at == &ring)
            at = at->next;
    }
    puts(""); // expect: 3 6 2 7 5 1 4 
    printf("%d\n", ring.next == &ring && ring.previous == &ring); // expect: 1
    return 0;
}
