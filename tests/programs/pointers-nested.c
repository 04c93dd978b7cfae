/* SPDX-License-Identifier: CC0-1.0 */
// Pointers to pointers, to arrays, arrays of pointers, declarations read from the inside out.
#include <stdio.h>
#include <stdlib.h>

static void make(int **out, int value)
{
    *out = malloc(sizeof **out);
    **out = value;
}

static int total(int (*rows)[3], int n)
{
    int sum = 0;
    for (int (*row)[3] = rows; row < rows + n; row++)
        for (int *cell = *row; cell < *row + 3; cell++)
            sum += *cell;
    return sum;
}

int main(void)
{
    int x = 3, *p = &x, **pp = &p, ***ppp = &pp;
    ***ppp += 4;
    printf("%d %d\n", x, **pp == x); // expect: 7 1
    int y = 9;
    **ppp = &y;
    printf("%d\n", *p); // expect: 9
    int *made;
    make(&made, 31);
    printf("%d\n", *made); // expect: 31
    free(made);
    int grid[2][3] = { { 1, 2, 3 }, { 4, 5, 6 } };
    printf("%d\n", total(grid, 2)); // expect: 21
    int (*whole)[2][3] = &grid;
    printf("%d %zu %zu %zu\n", (*whole)[1][2], sizeof *whole, sizeof **whole, sizeof whole); // expect: 6 24 12 8
    int *each[3] = { &x, &y, &grid[1][0] };
    *each[0] = 70;
    printf("%d %d %d\n", x, *each[2], each[2][1]); // expect: 70 4 5
    const char *words[] = { "zero", "one", "two", NULL };
    const char **w = words;
    while (*w)
        printf("%c%s ", **w, *w + 1), w++;
    printf("%td\n", w - words); // expect: zero one two 3
    int (*row)[3] = grid + 1;
    printf("%d %d %d\n", (*row)[0], row[-1][1], *(*(grid + 1) + 2)); // expect: 4 2 6
    char *const fixed = (char[]){ 'a', 'b', 0 };
    fixed[0] = 'z';
    puts(fixed); // expect: zb
    printf("%d\n", &grid[1] - &grid[0] == 1); // expect: 1
    int **matrix = malloc(2 * sizeof *matrix);
    for (int i = 0; i < 2; i++) {
        matrix[i] = calloc(2, sizeof **matrix);
        matrix[i][i] = 1;
    }
    printf("%d%d%d%d\n", matrix[0][0], matrix[0][1], matrix[1][0], matrix[1][1]); // expect: 1001
    for (int i = 0; i < 2; i++)
        free(matrix[i]);
    free(matrix);
    return 0;
}
