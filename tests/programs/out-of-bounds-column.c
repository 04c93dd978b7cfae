/* SPDX-License-Identifier: CC0-1.0 */
// A column too far in a matrix lands in the next row (UBSan; C11 6.5.6p8).
#include <stdio.h>

int main(void)
{
    int grid[3][4] = { { 0 } };
    int row = 1, column = 4;
    grid[row][3] = 1;
    printf("%d\n", grid[1][3]); // expect: 1
    grid[row][column] = 2; // expect-fault: out-of-bounds
    return 0;
}
