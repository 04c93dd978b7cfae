/* SPDX-License-Identifier: CC0-1.0 */
// A linked list: pushed at the head, walked, counted, reversed in place, freed.
#include <stdio.h>
#include <stdlib.h>

struct node {
    int value;
    struct node *next;
};

static struct node *push(struct node *head, int value)
{
    struct node *n = malloc(sizeof *n);
    n->value = value;
    n->next = head;
    return n;
}

static void print(const struct node *n)
{
    for (; n != NULL; n = n->next)
        printf("%d%s", n->value, n->next ? " -> " : "\n");
}

static struct node *reverse(struct node *head)
{
    struct node *done = NULL;
    while (head) {
        struct node *next = head->next;
        head->next = done;
        done = head;
        head = next;
    }
    return done;
}

static int count(const struct node *n) { return n ? 1 + count(n->next) : 0; }

static void release(struct node *n)
{
    while (n) {
        struct node *next = n->next;
        free(n);
        n = next;
    }
}

int main(void)
{
    struct node *list = NULL;
    for (int i = 1; i <= 5; i++)
        list = push(list, i * i);
    print(list); // expect: 25 -> 16 -> 9 -> 4 -> 1
    list = reverse(list);
    print(list); // expect: 1 -> 4 -> 9 -> 16 -> 25
    printf("%d %d\n", count(list), count(NULL)); // expect: 5 0
    release(list);
    return 0;
}
