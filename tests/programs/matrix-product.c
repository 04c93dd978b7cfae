/* SPDX-License-Identifier: CC0-1.0 */
// Matrices three ways: fixed arrays, one block with own index, rows of their own.
#include <stdio.h>
#include <stdlib.h>

#define N 3

static void multiply(const double a[N][N], const double b[N][N], double out[N][N])
{
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            out[i][j] = 0;
            for (int k = 0; k < N; k++)
                out[i][j] += a[i][k] * b[k][j];
        }
}

int main(void)
{
    double a[N][N] = { { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 9 } };
    double b[N][N] = { { 0, 1 }, { 1 }, { 0, 0, 2 } }, c[N][N];
    multiply((const double (*)[N])a, (const double (*)[N])b, c);
    for (int i = 0; i < N; i++)
        printf("%g %g %g\n", c[i][0], c[i][1], c[i][2]);
    int rows = 4, columns = 5;
    int *flat = malloc(sizeof(int) * rows * columns);
    for (int r = 0; r < rows; r++)
        for (int k = 0; k < columns; k++)
            flat[r * columns + k] = r * 10 + k;
    printf("%d %d\n", flat[2 * columns + 3], flat[rows * columns - 1]);
    free(flat);
    int **triangle = malloc(6 * sizeof *triangle);
    for (int r = 0; r < 6; r++) {
        triangle[r] = malloc((r + 1) * sizeof **triangle);
        triangle[r][0] = triangle[r][r] = 1;
        for (int k = 1; k < r; k++)
            triangle[r][k] = triangle[r - 1][k - 1] + triangle[r - 1][k];
    }
    for (int k = 0; k <= 5; k++)
        printf("%d ", triangle[5][k]);
    puts("");
    for (int r = 0; r < 6; r++)
        free(triangle[r]);
    free(triangle);
    int (*block)[4] = calloc(3, sizeof *block);
    block[2][3] = 6;
    printf("%d %d\n", (*(block + 2))[3], block[1][3]);
    free(block);
    return 0;
}

/* expect-output:
2 1 6
5 4 12
8 7 18
23 34
1 5 10 10 5 1 
6 0
*/
