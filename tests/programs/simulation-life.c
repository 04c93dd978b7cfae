/* SPDX-License-Identifier: CC0-1.0 */
// Conway's glider: four generations move it by one.
#include <stdio.h>
#include <string.h>

enum { H = 6, W = 7 };

static char board[H][W], other[H][W];

static int neighbours(int r, int c)
{
    int n = 0;
    for (int dr = -1; dr <= 1; dr++)
        for (int dc = -1; dc <= 1; dc++)
            if ((dr || dc) && board[(r + dr + H) % H][(c + dc + W) % W] == '#')
                n++;
    return n;
}

int main(void)
{
    memset(board, '.', sizeof board);
    board[0][1] = board[1][2] = board[2][0] = board[2][1] = board[2][2] = '#';
    for (int generation = 0; generation < 4; generation++) {
        for (int r = 0; r < H; r++)
            for (int c = 0; c < W; c++) {
                int n = neighbours(r, c);
                other[r][c] = n == 3 || (n == 2 && board[r][c] == '#') ? '#' : '.';
            }
        memcpy(board, other, sizeof board);
    }
    for (int r = 0; r < H; r++)
        printf("%.*s\n", W, board[r]);
    return 0;
}

/* expect-output:
.......
..#....
...#...
.###...
.......
.......
*/
