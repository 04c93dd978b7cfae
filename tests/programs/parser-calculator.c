/* SPDX-License-Identifier: CC0-1.0 */
// A recursive-descent calculator over a global cursor.
#include <ctype.h>
#include <stdio.h>

static const char *at;

static long sum(void);

static void skip(void)
{
    while (isspace((unsigned char)*at))
        at++;
}

static long atom(void)
{
    long n = 0;
    skip();
    if (*at == '(') {
        at++;
        n = sum();
        skip();
        at++;
        return n;
    }
    if (*at == '-') {
        at++;
        return -atom();
    }
    while (isdigit((unsigned char)*at))
        n = n * 10 + (*at++ - '0');
    return n;
}

static long product(void)
{
    long n = atom();
    for (;;) {
        skip();
        if (*at == '*') {
            at++;
            n *= atom();
        } else if (*at == '/') {
            at++;
            n /= atom();
        } else
            return n;
    }
}

static long sum(void)
{
    long n = product();
    for (skip(); *at == '+' || *at == '-'; skip()) {
        char sign = *at++;
        long right = product();
        n = sign == '+' ? n + right : n - right;
    }
    return n;
}

static long evaluate(const char *text)
{
    at = text;
    return sum();
}

int main(void)
{
    printf("%ld\n", evaluate("1 + 2 * 3")); // expect: 7
    printf("%ld\n", evaluate("(1 + 2) * -(3 - 10) / 2")); // expect: 10
    printf("%ld\n", evaluate(" 100 - 20 - 3 * ( 4 + 5 * (6 - 2) ) ")); // expect: 8
    printf("%s|\n", at); // expect: |
    return 0;
}
