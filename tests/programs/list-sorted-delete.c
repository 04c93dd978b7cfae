/* SPDX-License-Identifier: CC0-1.0 */
// Insertion in order and removal through a pointer to the link, at the head, inside, at the tail, and of what is not there.
#include <stdio.h>
#include <stdlib.h>

typedef struct node Node;
struct node { Node *next; int value; };

static void insert(Node **link, int value)
{
    while (*link && (*link)->value < value)
        link = &(*link)->next;
    Node *n = malloc(sizeof(Node));
    *n = (Node){ *link, value };
    *link = n;
}

static int remove_value(Node **link, int value)
{
    for (; *link; link = &(*link)->next)
        if ((*link)->value == value) {
            Node *gone = *link;
            *link = gone->next;
            free(gone);
            return 1;
        }
    return 0;
}

static void print(Node *n)
{
    putchar('[');
    while (n) {
        printf("%d", n->value);
        if ((n = n->next))
            putchar(' ');
    }
    puts("]");
}

int main(void)
{
    Node *head = NULL;
    int values[] = { 5, 1, 9, 3, 7, 1 };
    for (unsigned int i = 0; i < sizeof values / sizeof values[0]; i++)
        insert(&head, values[i]);
    print(head); // expect: [1 1 3 5 7 9]
    int gone = remove_value(&head, 1) + remove_value(&head, 9) + remove_value(&head, 5) + remove_value(&head, 4);
    printf("%d\n", gone); // expect: 3
    print(head); // expect: [1 3 7]
    while (head)
        remove_value(&head, head->value);
    print(head); // expect: []
    return 0;
}
