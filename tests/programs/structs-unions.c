/* SPDX-License-Identifier: CC0-1.0 */
// A tagged union: numbers, texts and lists in one type, evaluated and printed.
#include <stdio.h>
#include <stdlib.h>

enum tag { NUMBER, TEXT, PAIR };

struct value {
    enum tag tag;
    union {
        double number;
        const char *text;
        struct { struct value *left, *right; } pair;
    } as;
};

static struct value *number(double n)
{
    struct value *v = malloc(sizeof *v);
    *v = (struct value){ .tag = NUMBER, .as.number = n };
    return v;
}

static struct value *text(const char *t)
{
    struct value *v = malloc(sizeof *v);
    v->tag = TEXT;
    v->as.text = t;
    return v;
}

static struct value *pair(struct value *left, struct value *right)
{
    struct value *v = calloc(1, sizeof(struct value));
    v->tag = PAIR;
    v->as.pair.left = left;
    v->as.pair.right = right;
    return v;
}

static void print(const struct value *v)
{
    switch (v->tag) {
    case NUMBER: printf("%g", v->as.number); break;
    case TEXT: printf("'%s'", v->as.text); break;
    case PAIR:
        putchar('(');
        print(v->as.pair.left);
        printf(" . ");
        print(v->as.pair.right);
        putchar(')');
    }
}

static int release(struct value *v)
{
    int n = 1;
    if (v->tag == PAIR)
        n += release(v->as.pair.left) + release(v->as.pair.right);
    free(v);
    return n;
}

int main(void)
{
    struct value *v = pair(number(1.5), pair(text("two"), pair(number(-3), text(""))));
    print(v);
    puts(""); // expect: (1.5 . ('two' . (-3 . '')))
    printf("%zu\n", sizeof(struct value)); // expect: 24
    v->as.pair.left->as.number *= 4;
    print(v->as.pair.left);
    puts(""); // expect: 6
    printf("%d\n", release(v)); // expect: 7
    return 0;
}
