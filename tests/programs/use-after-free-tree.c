/* SPDX-License-Identifier: CC0-1.0 */
// A tree is freed from the root downwards, so the children are read from a freed node.
#include <stdlib.h>

struct tree { struct tree *left, *right; int key; };

static struct tree *leaf(int key)
{
    struct tree *t = calloc(1, sizeof *t);
    t->key = key;
    return t;
}

static void release(struct tree *t)
{
    if (t == NULL)
        return;
    free(t);
    release(t->left); // expect-fault: use-after-free
    release(t->right);
}

int main(void)
{
    struct tree *root = leaf(2);
    root->left = leaf(1);
    root->right = leaf(3);
    release(root);
    return 0;
}
