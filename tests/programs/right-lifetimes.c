/* SPDX-License-Identifier: CC0-1.0 */
// Pointers into frames that still stand, blocks handed over and freed by somebody else, realloc whose result is used.
#include <stdio.h>
#include <stdlib.h>

struct owner { int *block; };

static void fill(int *out) { *out = 7; }

static int *through(int *p) { return p; }

static struct owner take(int n)
{
    struct owner o = { malloc(sizeof(int)) };
    *o.block = n;
    return o;
}

static void give_back(struct owner *o)
{
    free(o->block);
    o->block = NULL;
}

int main(void)
{
    int x;
    fill(&x);
    printf("%d %d\n", x, *through(&x)); // expect: 7 7
    struct owner o = take(5), moved = o;
    o.block = NULL;
    printf("%d\n", *moved.block); // expect: 5
    give_back(&moved);
    give_back(&moved);
    int *outer = NULL;
    for (int i = 0; i < 3; i++) {
        int round = i;
        outer = &round;
        *outer += 10;
        if (i == 2)
            printf("%d\n", *outer); // expect: 12
    }
    int *grown = malloc(sizeof *grown);
    *grown = 3;
    grown = realloc(grown, 1000 * sizeof *grown);
    printf("%d\n", *grown); // expect: 3
    free(grown);
    int *again = malloc(16);
    again[0] = 1;
    printf("%d\n", again[0]); // expect: 1
    free(again);
    return 0;
}
