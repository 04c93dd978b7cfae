/* SPDX-License-Identifier: CC0-1.0 */
// Setting one bit-field leaves its neighbour as it was: never set.
#include <stdio.h>

struct pair {
    unsigned a : 3, b : 3;
};

int main(void)
{
    struct pair p;
    p.a = 5;
    printf("%d\n", p.a); // expect: 5
    if (p.b) // expect-fault: uninitialised-read
        puts("set");
    return 0;
}
