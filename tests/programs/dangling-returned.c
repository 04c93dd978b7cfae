/* SPDX-License-Identifier: CC0-1.0 */
// The address of a local outlives its frame.
#include <stdio.h>

static int *make(void)
{
    int local = 5;
    int *p = &local;
    return p;
}

int main(void)
{
    int *p = make();
    puts("returned"); // expect: returned
    int n = *p; // expect-fault: dangling-stack
    return n;
}
