/* SPDX-License-Identifier: CC0-1.0 */
// A binary search tree: insert by recursion, walk in order, height, removal with two children, freed from the leaves.
#include <stdio.h>
#include <stdlib.h>

struct tree { int key; struct tree *left, *right; };

static struct tree *insert(struct tree *t, int key)
{
    if (t == NULL) {
        t = calloc(1, sizeof *t);
        t->key = key;
    } else if (key < t->key) {
        t->left = insert(t->left, key);
    } else if (key > t->key) {
        t->right = insert(t->right, key);
    }
    return t;
}

static struct tree *erase(struct tree *t, int key)
{
    if (!t)
        return NULL;
    if (key < t->key)
        t->left = erase(t->left, key);
    else if (key > t->key)
        t->right = erase(t->right, key);
    else if (t->left && t->right) {
        struct tree *least = t->right;
        while (least->left)
            least = least->left;
        t->key = least->key;
        t->right = erase(t->right, least->key);
    } else {
        struct tree *only = t->left ? t->left : t->right;
        free(t);
        return only;
    }
    return t;
}

static void walk(const struct tree *t, void (*visit)(int))
{
    if (t) {
        walk(t->left, visit);
        visit(t->key);
        walk(t->right, visit);
    }
}

static void show(int key) { printf("%d ", key); }

static int height(const struct tree *t)
{
    if (!t)
        return 0;
    int l = height(t->left), r = height(t->right);
    return 1 + (l > r ? l : r);
}

static void release(struct tree *t)
{
    if (t) {
        release(t->left);
        release(t->right);
        free(t);
    }
}

int main(void)
{
    int keys[] = { 50, 30, 70, 20, 40, 60, 80, 30, 65 };
    struct tree *root = NULL;
    for (int i = 0; i < 9; i++)
        root = insert(root, keys[i]);
    walk(root, show);
    printf("height %d\n", height(root)); // expect: 20 30 40 50 60 65 70 80 height 4
    root = erase(root, 50);
    root = erase(root, 20);
    root = erase(root, 99);
    walk(root, show);
    printf("root %d\n", root->key); // expect: 30 40 60 65 70 80 root 60
    release(root);
    return 0;
}
