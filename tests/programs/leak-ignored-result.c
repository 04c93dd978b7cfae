/* SPDX-License-Identifier: CC0-1.0 */
// Results that nobody keeps; the exit status is kept.
#include <stdlib.h>

static int *make(int n)
{
    int *p = calloc(n, sizeof *p); // expect-leak: 20 2
    return p;
}

int main(void)
{
    make(2);
    int sum = make(3)[2];
    return sum + 3; // expect-exit: 3
}
