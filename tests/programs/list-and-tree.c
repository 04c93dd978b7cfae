/* SPDX-License-Identifier: CC0-1.0 */
// A list and a search tree side by side, built, searched three calls deep, and given back.
#include <stdio.h>
#include <stdlib.h>

struct item {
    int n;
    struct item *next;
};

struct tree {
    int key;
    struct tree *left, *right;
};

static struct tree *grow(int low, int high)
{
    if (low > high)
        return NULL;
    struct tree *t = malloc(sizeof *t);
    t->key = (low + high) / 2;
    t->left = grow(low, t->key - 1);
    t->right = grow(t->key + 1, high);
    return t;
}

static int has(const struct tree *t, int key)
{
    if (t == NULL)
        return 0;
    if (key == t->key)
        return 1;
    if (key < t->key)
        return has(t->left, key);
    return has(t->right, key);
}

static void fell(struct tree *t)
{
    if (t == NULL)
        return;
    fell(t->left);
    fell(t->right);
    free(t);
}

int main(void)
{
    struct tree *root = grow(1, 4);
    struct item *list = NULL;
    for (int i = 4; i >= 1; i--) {
        struct item *first = malloc(sizeof *first);
        *first = (struct item){ i * i, list };
        list = first;
    }
    printf("%d\n", has(root, 3)); // expect: 1
    printf("%d\n", has(root, 5)); // expect: 0
    while (list != NULL) {
        struct item *next = list->next;
        printf("%d\n", list->n);
        free(list);
        list = next;
    }
    fell(root);
    return 0;
}
/* expect-output:
1
4
9
16
*/
