/* SPDX-License-Identifier: CC0-1.0 */
// while, do, for in all forms; nested; break and continue take the innermost.
#include <stdio.h>

int main(void)
{
    int n = 0;
    while (n < 3)
        n++;
    printf("%d\n", n);
    do
        n--;
    while (n > 0);
    printf("%d\n", n);
    do {
        puts("once");
    } while (0);
    for (int i = 0, j = 10; i < j; i += 3, j--)
        printf("%d-%d ", i, j);
    puts("");
    for (;;) {
        if (++n == 4)
            continue;
        if (n > 6)
            break;
        printf("%d ", n);
    }
    puts("");
    for (int row = 1; row <= 4; row++) {
        for (int column = 1;; column++) {
            if (column > row)
                break;
            if ((row + column) % 2)
                continue;
            printf("(%d,%d)", row, column);
        }
        puts("");
    }
    int i = 5;
    for (; i--;)
        if (i == 2)
            break;
    printf("%d\n", i);
    for (int i = 0; i < 2; i++) {
        int i = 100;
        i++;
        printf("%d ", i);
    }
    printf("%d\n", i);
    do {
        i++;
        if (i < 5)
            continue;
        break;
    } while (i < 100);
    printf("%d\n", i);
    long sum = 0;
    for (unsigned char c = 250; c >= 250; c++)
        sum += c;
    printf("%ld\n", sum);
    return 0;
}

/* expect-output:
3
0
once
0-10 3-9 6-8 
1 2 3 5 6 
(1,1)
(2,2)
(3,1)(3,3)
(4,2)(4,4)
2
101 101 2
5
1515
*/
