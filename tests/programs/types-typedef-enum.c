/* SPDX-License-Identifier: CC0-1.0 */
// typedef and enum: values given and counted on, negative ones, enum in switch and as index, a typedef's name hidden by a variable.
#include <stdio.h>

typedef enum { RED, AMBER = 5, GREEN, BLUE = -2, WHITE } Colour;
enum { WIDTH = 4, HEIGHT = WIDTH * 2 };
typedef int Row[WIDTH];
typedef struct point Point;
struct point { int x, y; };
typedef int (*Operation)(int, int);
typedef unsigned long ulong_t, *ulong_pointer;

static int add(int a, int b) { return a + b; }

static const char *name(Colour c)
{
    switch (c) {
    case RED: return "red";
    case AMBER: return "amber";
    case GREEN: return "green";
    case BLUE: return "blue";
    case WHITE: return "white";
    }
    return "none";
}

int main(void)
{
    Row grid[HEIGHT] = { { 1 }, [7] = { [3] = 9 } };
    Point p = { .y = 3 };
    Operation operation = add;
    ulong_t n = 8;
    ulong_pointer to = &n;
    Colour c = GREEN;

    printf("%d %d %d %d %d\n", RED, AMBER, GREEN, BLUE, WHITE); // expect: 0 5 6 -2 -1
    printf("%s %s %s %s\n", name(c), name(BLUE), name(WHITE), name(17)); // expect: green blue white none
    printf("%zu %zu\n", sizeof grid, sizeof(Row)); // expect: 128 16
    printf("%d %d\n", grid[7][3], grid[7][2]); // expect: 9 0
    printf("%d %d\n", p.x, operation(p.y, 4)); // expect: 0 7
    *to += 2;
    printf("%lu\n", n); // expect: 10
    c++;
    printf("%d\n", c); // expect: 7
    {
        int Point = 12;
        enum { RED = 40 };
        printf("%d %d\n", Point, RED); // expect: 12 40
    }
    printf("%d %zu\n", RED, sizeof(Colour)); // expect: 0 4
    return 0;
}
