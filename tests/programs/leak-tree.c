/* SPDX-License-Identifier: CC0-1.0 */
// A tree whose root's variable ends with its function.
#include <stdio.h>
#include <stdlib.h>

struct tree { struct tree *left, *right; };

static struct tree *make(int depth)
{
    if (depth == 0)
        return NULL;
    struct tree *t = malloc(sizeof *t); // expect-leak: 112 7
    t->left = make(depth - 1);
    t->right = make(depth - 1);
    return t;
}

static int size(const struct tree *t) { return t ? 1 + size(t->left) + size(t->right) : 0; }

static void build(void)
{
    struct tree *root = make(3);
    printf("%d\n", size(root)); // expect: 7
    root = NULL;
}

int main(void)
{
    build();
    return 0;
}
