/* SPDX-License-Identifier: CC0-1.0 */
// The scope of loop variables, variables made anew in each round, jumps out of scopes with pointers to what stays.
#include <stdio.h>

int main(void)
{
    int total = 0, *kept = &total;
    for (int i = 0; i < 3; i++) {
        int square = i * i;
        int *p = &square;
        *kept += *p;
        if (i == 1)
            continue;
        *p = 100;
    }
    printf("%d\n", total); // expect: 5
    int i = 9;
    for (int i = 5; i > 3; i--)
        total += i;
    printf("%d %d\n", i, total); // expect: 9 14
    while (1) {
        int inner[2] = { total, i };
        kept = inner;
        if (kept[1]-- > 8) {
            i--;
            continue;
        }
        total = kept[0] + kept[1];
        break;
    }
    printf("%d\n", total); // expect: 21
again:;
    int fresh = i;
    kept = &fresh;
    if ((*kept)-- && i-- > 6)
        goto again;
    printf("%d %d\n", fresh, i); // expect: 5 5
    return 0;
}
