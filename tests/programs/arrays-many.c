/* SPDX-License-Identifier: CC0-1.0 */
// Arrays: initialisers, sizes from them, arrays of arrays of arrays, of structs, of strings, sieve, rotation, compound literals.
#include <stdio.h>

#define LENGTH(a) (sizeof(a) / sizeof *(a))

static int sum(const int *list, int n) { return n == 0 ? 0 : *list + sum(list + 1, n - 1); }

int main(void)
{
    int partly[5] = { 1, 2 };
    int by_place[] = { [3] = 9, 10, [1] = 4 };
    int cube[2][3][2] = { { { 1 }, { 2, 3 } }, { [2] = { 7, 8 } } };
    char words[][6] = { "red", "green", "blue" };
    char exact[3] = "abc";

    printf("%d %d %zu\n", partly[1], partly[4], LENGTH(partly)); // expect: 2 0 5
    printf("%zu: %d %d %d %d %d\n", LENGTH(by_place), by_place[0], by_place[1], by_place[2], by_place[3], by_place[4]); // expect: 5: 0 4 0 9 10
    printf("%zu %d %d %d\n", sizeof cube, cube[0][1][1], cube[1][2][0], cube[1][0][0]); // expect: 48 3 7 0
    printf("%zu %s %c\n", LENGTH(words), words[1], words[2][3]); // expect: 3 green e
    printf("%zu %c\n", sizeof exact, exact[2]); // expect: 3 c
    char sieve[30] = { 0 };
    for (int i = 2; i < 30; i++) {
        if (sieve[i])
            continue;
        printf("%d ", i);
        for (int j = i * i; j < 30; j += i)
            sieve[j] = 1;
    }
    puts(""); // expect: 2 3 5 7 11 13 17 19 23 29 
    int ring[5] = { 1, 2, 3, 4, 5 };
    for (int turns = 0; turns < 2; turns++) {
        int kept = ring[0];
        for (int i = 0; i < 4; i++)
            ring[i] = ring[i + 1];
        ring[4] = kept;
    }
    printf("%d %d\n", ring[0], ring[4]); // expect: 3 2
    printf("%d\n", sum((int[]){ 5, 6, 7 }, 3)); // expect: 18
    int *temporary = (int[4]){ [2] = 8 };
    printf("%d %d\n", temporary[2], temporary[3]); // expect: 8 0
    int n = 3, a[4] = { 0 };
    a[n] = n;
    a[n - 1] = a[n] * 2;
    a[a[3] - 3] = 9;
    printf("%d %d %d\n", a[0], a[2], a[3]); // expect: 9 6 3
    int transposed[3][2], source[2][3] = { { 1, 2, 3 }, { 4, 5, 6 } };
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 3; j++)
            transposed[j][i] = source[i][j];
    printf("%d %d %d\n", transposed[0][1], transposed[1][0], transposed[2][1]); // expect: 4 2 6
    return 0;
}
