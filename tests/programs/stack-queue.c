/* SPDX-License-Identifier: CC0-1.0 */
// A stack in a growing array and a queue in a ring, both with their own types.
#include <stdio.h>
#include <stdlib.h>

typedef struct { int *items; size_t count, capacity; } Stack;
typedef struct { char items[4]; unsigned int head, count; } Queue;

static void push(Stack *s, int item)
{
    if (s->count == s->capacity) {
        s->capacity = s->capacity ? 2 * s->capacity : 2;
        s->items = realloc(s->items, s->capacity * sizeof *s->items);
        printf("grown to %zu\n", s->capacity);
    }
    s->items[s->count++] = item;
}

static int pop(Stack *s) { return s->items[--s->count]; }

static int put(Queue *q, char c)
{
    if (q->count == sizeof q->items)
        return 0;
    q->items[(q->head + q->count++) % sizeof q->items] = c;
    return 1;
}

static char get(Queue *q)
{
    char c = q->items[q->head];
    q->head = (q->head + 1) % sizeof q->items;
    q->count--;
    return c;
}

int main(void)
{
    Stack s = { 0 };
    const char *rpn = "34+52-*";
    for (; *rpn; rpn++)
        if (*rpn >= '0' && *rpn <= '9')
            push(&s, *rpn - '0');
        else {
            int b = pop(&s), a = pop(&s);
            push(&s, *rpn == '+' ? a + b : *rpn == '-' ? a - b : a * b);
        }
    printf("%d ", pop(&s));
    printf("%zu\n", s.count);
    free(s.items);
    Queue q = { .head = 2 };
    for (char c = 'a'; c < 'g'; c++)
        printf("%d", put(&q, c));
    printf(" %c%c", get(&q), 'x');
    put(&q, 'z');
    while (q.count)
        putchar(get(&q));
    putchar('\n');
    return 0;
}

/* expect-output:
grown to 2
grown to 4
21 0
111100 axbcdz
*/
