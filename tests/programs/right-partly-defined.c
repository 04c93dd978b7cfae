/* SPDX-License-Identifier: CC0-1.0 */
// Undefined values may travel: through assignments, arguments, structs, arithmetic whose result is not looked at.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct record { int used, unused; };

static struct record pass(struct record r)
{
    r.used++;
    return r;
}

static int ignore(int a, int b) { return a + 0 * (b & 0); }

int main(void)
{
    struct record r;
    r.used = 1;
    r = pass(pass(r));
    printf("%d\n", r.used); // expect: 3
    int x, y = x;
    x = y;
    y = y + 1;
    printf("%d\n", ignore(4, y)); // expect: 4
    char *bytes = malloc(8), *copy = malloc(8);
    bytes[2] = 'c';
    memcpy(copy, bytes, 8);
    printf("%c\n", copy[2]); // expect: c
    bytes = realloc(bytes, 100);
    printf("%c\n", bytes[2]); // expect: c
    unsigned char bits;
    bits = (unsigned char)((bits & 0xF0) | 0x05);
    printf("%d\n", bits & 0x0F); // expect: 5
    free(bytes);
    free(copy);
    int array[4];
    array[1] = 2;
    int sum = array[1] + array[1];
    printf("%d\n", sum); // expect: 4
    return 0;
}
