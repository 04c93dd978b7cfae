/* SPDX-License-Identifier: CC0-1.0 */
// Arguments are copies; arrays decay; pointers let a function write back; order of declarations, void, many parameters, statics.
#include <stdio.h>

void swap(int *a, int *b);
int first(int list[5]);
static int count(void);

static void try_to_change(int n) { n = 100; (void)n; }
static void fill(int *list, int n) { while (n-- > 0) *list++ = n; }
static void set_row(int grid[][3], int row, int value)
{
    for (int i = 0; i < 3; i++)
        grid[row][i] = value;
}
static void advance(const char **text) { ++*text; }
static long many(char a, short b, int c, long d, unsigned char e, double f, float g, int h, int i)
{
    return a + b + c + d + e + (long)f + (long)g + h * 10 + i * 100;
}
static double mean(int a, int b) { return (a + b) / 2.0; }
static int divide(int a, int b, int *rest)
{
    if (rest)
        *rest = a % b;
    return a / b;
}

int main(void)
{
    int x = 1, y = 2, list[5], grid[2][3] = { { 0 } };
    try_to_change(x);
    swap(&x, &y);
    printf("%d %d\n", x, y); // expect: 2 1
    fill(list, 5);
    printf("%d %d %d\n", first(list), list[3], list[4]); // expect: 4 1 0
    set_row(grid, 1, 7);
    printf("%d %d\n", grid[0][2], grid[1][2]); // expect: 0 7
    const char *text = "xyz";
    advance(&text);
    printf("%s\n", text); // expect: yz
    printf("%ld\n", many(1, 2, 3, 4, 255, 5.9, 6.9f, 7, 8)); // expect: 1146
    printf("%.1f %.1f\n", mean(3, 4), mean('a', 98)); // expect: 3.5 97.5
    int rest;
    printf("%d ", divide(17, 5, &rest));
    printf("%d %d\n", rest, divide(9, 4, NULL)); // expect: 3 2 2
    count();
    count();
    printf("%d\n", count()); // expect: 3
    return count() == 4 ? 9 : 1; // expect-exit: 9
}

void swap(int *a, int *b)
{
    int t = *a;
    *a = *b;
    *b = t;
}

int first(int list[5]) { return list[0]; }

static int count(void)
{
    static int n;
    return ++n;
}
