/* SPDX-License-Identifier: CC0-1.0 */
// Recursion: factorial, Fibonacci, mutual, Ackermann, towers, a depth of ten thousand, digits, palindromes.
#include <stdio.h>

static int is_odd(unsigned int n);

static int is_even(unsigned int n)
{
    return n == 0 ? 1 : is_odd(n - 1);
}

static int is_odd(unsigned int n)
{
    return n == 0 ? 0 : is_even(n - 1);
}

static unsigned long factorial(int n)
{
    return n < 2 ? 1 : n * factorial(n - 1);
}

static int fibonacci(int n)
{
    if (n < 2)
        return n;
    return fibonacci(n - 1) + fibonacci(n - 2);
}

static int ackermann(int m, int n)
{
    return m == 0 ? n + 1 : ackermann(m - 1, n == 0 ? 1 : ackermann(m, n - 1));
}

static int move(int n, char from, char to, char by)
{
    if (n == 0)
        return 0;
    int moves = move(n - 1, from, by, to);
    if (n == 3)
        printf("%c>%c ", from, to);
    return moves + 1 + move(n - 1, by, to, from);
}

static long depth(long n)
{
    long local[2] = { n, n * 2 };
    return n == 0 ? 0 : 1 + depth(local[0] - 1);
}

static void binary(unsigned int n)
{
    if (n > 1)
        binary(n / 2);
    putchar('0' + n % 2);
}

static int palindrome(const char *begin, const char *end)
{
    return begin >= end || (*begin == *end && palindrome(begin + 1, end - 1));
}

int main(void)
{
    printf("%d %d\n", is_even(10), is_odd(4)); // expect: 1 0
    printf("%lu\n", factorial(20)); // expect: 2432902008176640000
    printf("%d\n", fibonacci(15)); // expect: 610
    printf("%d\n", ackermann(2, 3)); // expect: 9
    printf("%d\n", move(4, 'a', 'c', 'b')); // expect: a>b b>c 15
    printf("%ld\n", depth(10000)); // expect: 10000
    binary(37);
    puts(""); // expect: 100101
    const char *word = "racecar";
    printf("%d %d\n", palindrome(word, word + 6), palindrome(word, word + 5)); // expect: 1 0
    return 0;
}
