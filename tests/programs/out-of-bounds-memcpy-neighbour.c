/* SPDX-License-Identifier: CC0-1.0 */
// A copy that is too long, and so reaches its neighbour, leaves its block; it is no overlap.
#include <stdio.h>
#include <string.h>

int main(void)
{
    int a[2] = { 1, 2 }, b[2] = { 3, 4 };
    memcpy(b, a, sizeof a);
    printf("%d\n", b[1]); // expect: 2
    memcpy(b, a, 2 * sizeof a); // expect-fault: out-of-bounds
    return 0;
}
