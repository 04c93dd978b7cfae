/* SPDX-License-Identifier: CC0-1.0 */
// Function pointers: tables, call-backs, returned, in structs, pointers to them, compared, called through * and &.
#include <stdio.h>

static int add(int a, int b) { return a + b; }
static int sub(int a, int b) { return a - b; }
static int mul(int a, int b) { return a * b; }

typedef int (*Binary)(int, int);

static Binary choose(char sign)
{
    switch (sign) {
    case '+': return add;
    case '-': return &sub;
    case '*': return mul;
    }
    return NULL;
}

static int (*choose_plainly(int i))(int, int)
{
    static int (*const table[])(int, int) = { add, sub, mul };
    return table[i];
}

static void each(const int *list, int n, void (*visit)(int, void *), void *data)
{
    for (int i = 0; i < n; i++)
        visit(list[i], data);
}

static void sum(int n, void *data) { *(int *)data += n; }
static void largest(int n, void *data)
{
    int *most = data;
    if (n > *most)
        *most = n;
}

struct shape {
    const char *name;
    double (*area)(const struct shape *);
    double a, b;
};

static double rectangle(const struct shape *s) { return s->a * s->b; }
static double triangle(const struct shape *s) { return rectangle(s) / 2; }

static int apply(int f(int, int), int a, int b) { return f(a, b); }

int main(void)
{
    Binary table[3] = { add, sub, mul };
    for (int i = 0; i < 3; i++)
        printf("%d ", table[i](8, 3));
    puts(""); // expect: 11 5 24 
    printf("%d %d %d\n", choose('-')(9, 4), (*choose('+'))(9, 4), (**choose('*'))(9, 4)); // expect: 5 13 36
    printf("%d %d\n", choose('/') == NULL, choose('+') == add); // expect: 1 1
    printf("%d\n", choose_plainly(2)(6, 7)); // expect: 42
    int list[] = { 4, 9, 2, 7 }, total = 0, most = 0;
    each(list, 4, sum, &total);
    each(list, 4, largest, &most);
    printf("%d %d\n", total, most); // expect: 22 9
    struct shape shapes[] = { { "rectangle", rectangle, 3, 4 }, { "triangle", triangle, 3, 4 } };
    for (int i = 0; i < 2; i++)
        printf("%s %.1f ", shapes[i].name, shapes[i].area(&shapes[i]));
    puts(""); // expect: rectangle 12.0 triangle 6.0 
    Binary *to = &table[1];
    printf("%d %d\n", (*to)(1, 2), to[1](3, 4)); // expect: -1 12
    printf("%d %d\n", apply(sub, 1, 5), apply(*mul, 6, 6)); // expect: -4 36
    printf("%zu\n", sizeof table); // expect: 24
    int flag = 0;
    printf("%d\n", (flag ? add : sub)(10, 1)); // expect: 9
    return 0;
}
