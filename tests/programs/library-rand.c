/* SPDX-License-Identifier: CC0-1.0 */
// rand: the numbers of glibc, for the seed 1 and others; srand starts them again.
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    printf("%d %d\n", rand(), RAND_MAX); // expect: 1804289383 2147483647
    int again = rand();
    srand(1);
    int once = rand();
    printf("%d %d\n", once, rand() == again); // expect: 1804289383 1
    srand(42);
    for (int i = 0; i < 5; i++)
        printf("%d ", rand() % 100);
    puts(""); // expect: 66 40 81 41 12 
    srand(7);
    int counts[6] = { 0 };
    for (int i = 0; i < 600; i++)
        counts[rand() % 6]++;
    for (int i = 0; i < 6; i++)
        printf("%d ", counts[i]);
    puts(""); // expect: 108 112 87 87 93 113 
    int cards[10];
    srand(2024);
    for (int i = 0; i < 10; i++)
        cards[i] = i;
    for (int i = 9; i > 0; i--) {
        int j = rand() % (i + 1), t = cards[i];
        cards[i] = cards[j];
        cards[j] = t;
    }
    for (int i = 0; i < 10; i++)
        printf("%d ", cards[i]);
    puts(""); // expect: 7 1 9 2 4 8 3 0 6 5 
    srand(0);
    printf("%d\n", rand()); // expect: 1804289383
    return 0;
}
