/* SPDX-License-Identifier: CC0-1.0 */
// Pointers out of functions: into an argument, a static array, a heap block; a function that returns one of its two arguments.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *skip(char *text) { while (*text == '-') text++; return text; }
static int *larger(int *a, int *b) { return *a > *b ? a : b; }
static const char *label(int n)
{
    static char buffer[2][8];
    static int which;
    which = !which;
    sprintf(buffer[which], "<%d>", n);
    return buffer[which];
}
static int (*table(void))[3]
{
    static int rows[2][3] = { { 1, 2, 3 }, { 4, 5, 6 } };
    return rows;
}
static char *repeat(const char *text, int n)
{
    size_t length = strlen(text);
    char *all = malloc(length * n + 1), *at = all;
    while (n-- > 0)
        at = (char *)memcpy(at, text, length) + length;
    *at = 0;
    return all;
}

int main(void)
{
    char text[] = "--go";
    *skip(text) = 'G';
    puts(text); // expect: --Go
    int a = 3, b = 8;
    *larger(&a, &b) = 0;
    ++*larger(&a, &b);
    printf("%d %d\n", a, b); // expect: 4 0
    const char *one = label(1), *two = label(2);
    printf("%s %s\n", one, two); // expect: <1> <2>
    printf("%d %d\n", table()[1][2], (*table())[1]); // expect: 6 2
    char *echo = repeat("ab", 3);
    puts(echo); // expect: ababab
    free(echo);
    return 0;
}
