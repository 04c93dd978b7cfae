/* SPDX-License-Identifier: CC0-1.0 */
// Scope: the inner name hides the outer; static locals live on, one per function; a parameter hides a global; block-scope extern.
#include <stdio.h>

int n = 1;

static int next(void)
{
    static int n = 10;
    static int *self = &n;
    *self += 1;
    return n;
}

static int other(void)
{
    static int n;
    n += 5;
    return n;
}

static int shadow(int n)
{
    {
        int n = 3;
        n++;
    }
    return n;
}

int main(void)
{
    printf("%d\n", n); // expect: 1
    int n = 2;
    printf("%d\n", n); // expect: 2
    {
        int n = 3;
        printf("%d\n", n); // expect: 3
        {
            extern int n;
            printf("%d\n", n); // expect: 1
            n = 50;
        }
    }
    printf("%d\n", n); // expect: 2
    next();
    printf("%d %d %d\n", next(), other(), shadow(8)); // expect: 12 5 8
    other();
    printf("%d %d\n", next(), other()); // expect: 13 15
    for (int i = 0; i < 3; i++) {
        int fresh = 0;
        static int kept = 0;
        fresh++;
        kept++;
        if (i == 2)
            printf("%d %d\n", fresh, kept); // expect: 1 3
    }
    int m = m = 4;
    printf("%d\n", m); // expect: 4
    return 0;
}
