/* SPDX-License-Identifier: CC0-1.0 */
// A graph in adjacency lists on the heap: breadth-first distances with a queue, then everything is given back.
#include <stdio.h>
#include <stdlib.h>

struct edge { int to; struct edge *next; };
struct graph { int n; struct edge **first; };

static void connect(struct graph *g, int a, int b)
{
    for (int way = 0; way < 2; way++) {
        struct edge *e = malloc(sizeof *e);
        *e = (struct edge){ way ? a : b, g->first[way ? b : a] };
        g->first[way ? b : a] = e;
    }
}

int main(void)
{
    enum { N = 7 };
    struct graph g = { N, calloc(N, sizeof *g.first) };
    int pairs[][2] = { { 0, 1 }, { 1, 2 }, { 2, 3 }, { 0, 4 }, { 4, 3 }, { 3, 5 } };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        connect(&g, pairs[i][0], pairs[i][1]);
    int distance[N], queue[N], head = 0, tail = 0;
    for (int i = 0; i < N; i++)
        distance[i] = -1;
    distance[queue[tail++] = 0] = 0;
    while (head < tail) {
        int at = queue[head++];
        for (const struct edge *e = g.first[at]; e; e = e->next)
            if (distance[e->to] < 0) {
                distance[e->to] = distance[at] + 1;
                queue[tail++] = e->to;
            }
    }
    for (int i = 0; i < N; i++)
        printf("%d:%d ", i, distance[i]);
    puts(""); // expect: 0:0 1:1 2:2 3:2 4:1 5:3 6:-1 
    for (int i = 0; i < N; i++)
        while (g.first[i]) {
            struct edge *next = g.first[i]->next;
            free(g.first[i]);
            g.first[i] = next;
        }
    free(g.first);
    return 0;
}
