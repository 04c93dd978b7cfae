/* SPDX-License-Identifier: CC0-1.0 */
// An own generic sort, whose exchange works byte by byte, over numbers and over structs.
#include <stdio.h>
#include <stddef.h>

static void exchange(void *a, void *b, size_t size)
{
    char *x = a, *y = b;
    for (size_t i = 0; i < size; i++) {
        char t = x[i];
        x[i] = y[i];
        y[i] = t;
    }
}

static void sort(void *base, size_t n, size_t size, int (*compare)(const void *, const void *))
{
    char *b = base;
    for (size_t i = 1; i < n; i++)
        for (size_t j = i; j > 0 && compare(b + j * size, b + (j - 1) * size) < 0; j--)
            exchange(b + j * size, b + (j - 1) * size, size);
}

struct mark { char letter; double points; };

static int by_points(const void *a, const void *b)
{
    double x = ((const struct mark *)a)->points, y = ((const struct mark *)b)->points;
    return (x > y) - (x < y);
}

static int by_number(const void *a, const void *b) { return *(const short *)a - *(const short *)b; }

int main(void)
{
    short list[] = { 300, -5, 77, 0, 12 };
    sort(list, 5, sizeof *list, by_number);
    for (int i = 0; i < 5; i++)
        printf("%d ", list[i]);
    puts(""); // expect: -5 0 12 77 300 
    struct mark marks[] = { { 'c', 2.5 }, { 'a', 0.5 }, { 'd', 9 }, { 'b', 1.25 } };
    sort(marks, 4, sizeof *marks, by_points);
    for (int i = 0; i < 4; i++)
        printf("%c%g ", marks[i].letter, marks[i].points);
    puts(""); // expect: a0.5 b1.25 c2.5 d9 
    return 0;
}
