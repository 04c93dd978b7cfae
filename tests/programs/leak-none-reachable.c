/* SPDX-License-Identifier: CC0-1.0 */
// Still held at the end, by a global, a static, main's own variable, through an inner pointer or another block: no leak.
#include <stdio.h>
#include <stdlib.h>

struct node { struct node *next; };

static char *global;
static struct node *chain;

static void keep(void)
{
    static int *still;
    still = malloc(4);
    *still = 1;
}

int main(void)
{
    global = malloc(100);
    global += 50;
    for (int i = 0; i < 3; i++) {
        struct node *n = malloc(sizeof *n);
        n->next = chain;
        chain = n;
    }
    keep();
    puts("done"); // expect: done
    return 0;
}
