/* SPDX-License-Identifier: CC0-1.0 */
// if: else belongs to the nearest if; empty statements; conditions of every type; early return; conditional expressions nested.
#include <stdio.h>

static int sign(double x)
{
    if (x > 0)
        return 1;
    else if (x < 0)
        return -1;
    return 0;
}

static void classify(int a, int b)
{
    if (a)
        if (b)
            printf("both ");
        else
            printf("a ");
    else if (b)
        printf("b ");
    else
        printf("none ");
}

int main(void)
{
    classify(1, 1);
    classify(1, 0);
    classify(0, 1);
    classify(0, 0);
    puts(""); // expect: both a b none 
    printf("%d %d %d\n", sign(2.5), sign(-0.1), sign(0)); // expect: 1 -1 0
    if (0.0f)
        ;
    else
        puts("zero is false"); // expect: zero is false
    const char *text = "";
    if (text)
        puts("a pointer"); // expect: a pointer
    if (*text)
        puts("never");
    if (!*text) { puts("empty"); } // expect: empty
    if (classify) puts("a function"); // expect: a function
    int year = 1900;
    int leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    printf("%d %d\n", leap, 2000 % 4 == 0 && (2000 % 100 != 0 || 2000 % 400 == 0)); // expect: 0 1
    for (int score = 95; score >= 55; score -= 10)
        putchar(score >= 90 ? 'A' : score >= 80 ? 'B' : score >= 70 ? 'C' : score >= 60 ? 'D' : 'F');
    putchar('\n'); // expect: ABCDF
    int a = 5;
    if (a = 0)
        puts("never");
    printf("%d\n", a); // expect: 0
    if ((a = 3) > 2)
        printf("%d\n", a); // expect: 3
    {}
    ;
    return 0;
}
