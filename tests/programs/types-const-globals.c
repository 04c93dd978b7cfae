/* SPDX-License-Identifier: CC0-1.0 */
// Globals with initialisers: zero, designated, nested, addresses, strings, constant expressions; const objects.
#include <stdio.h>

int zero;
int counter = 3 * 4 - 1;
static const double rate = 1.25;
char title[] = "heap";
char padded[8] = "ab";
const char *names[] = { "ada", "bob", [4] = "eve" };
int squares[] = { 0, 1, 4, [5] = 25, 36 };
int *third = &squares[2];
int *last = squares + sizeof squares / sizeof squares[0] - 1;
struct pair { const char *key; int value[2]; } table[] = {
    { "one", { 1, 11 } },
    { .value = { [1] = 22 }, .key = "two" },
    { "three" },
};
struct pair *middle = &table[1];
const char *inside = "address" + 3;
int (*printer)(const char *) = puts;
unsigned char bytes[2][3] = { 1, 2, 3, 4 };
long mask = ~0L << 8 & 0xffff;
extern int later;

static int *get_counter(void) { return &counter; }
int *(*getter)(void) = get_counter;

int main(void)
{
    printf("%d %d %.2f\n", zero, counter, rate); // expect: 0 11 1.25
    printf("%s %zu %s %zu %d\n", title, sizeof title, padded, sizeof padded, padded[7]); // expect: heap 5 ab 8 0
    printf("%zu %s %s %d\n", sizeof names / sizeof *names, names[1], names[4], names[2] == NULL); // expect: 5 bob eve 1
    printf("%zu %d %d\n", sizeof squares / sizeof(int), squares[4], squares[6]); // expect: 7 0 36
    printf("%d %d\n", *third, *last); // expect: 4 36
    for (int i = 0; i < 3; i++)
        printf("%s:%d,%d ", table[i].key, table[i].value[0], table[i].value[1]);
    puts(""); // expect: one:1,11 two:0,22 three:0,0 
    printf("%s %s\n", middle->key, inside); // expect: two ress
    printf("%d%d%d%d%d\n", bytes[0][0], bytes[0][2], bytes[1][0], bytes[1][1], bytes[1][2]); // expect: 13400
    printer("through a pointer"); // expect: through a pointer
    printf("%lx\n", mask); // expect: ff00
    ++*getter();
    printf("%d %d\n", counter, later); // expect: 12 77
    return 0;
}

int later = 77;
