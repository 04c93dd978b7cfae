/* SPDX-License-Identifier: CC0-1.0 */
// A pool of fixed cells in a global array with a free list inside the cells themselves.
#include <stdio.h>
#include <stddef.h>

union cell { union cell *next; struct { int a, b; } pair; double d; };

static union cell pool[4], *available;

static void prepare(void)
{
    for (int i = 0; i < 4; i++) {
        pool[i].next = available;
        available = &pool[i];
    }
}

static void *take(void)
{
    union cell *c = available;
    if (c)
        available = c->next;
    return c;
}

static void give(void *p)
{
    union cell *c = p;
    c->next = available;
    available = c;
}

int main(void)
{
    prepare();
    double *d = take();
    *d = 2.5;
    struct { int a, b; } *pair = take();
    pair->a = 1;
    pair->b = 2;
    printf("%g %d %td\n", *d, pair->a + pair->b, (union cell *)d - (union cell *)pair); // expect: 2.5 3 1
    give(d);
    int *n = take();
    printf("%d\n", (void *)n == (void *)d); // expect: 1
    *n = 8;
    take();
    take();
    printf("%d\n", take() == NULL); // expect: 1
    return *n; // expect-exit: 8
}
