/* SPDX-License-Identifier: CC0-1.0 */
// The callee trusts a count that the caller got wrong.
#include <stdio.h>

static int last(const int *list, int n) { return list[n - 1]; } // expect-fault: out-of-bounds

int main(void)
{
    int list[4] = { 1, 2, 3, 4 };
    printf("%d\n", last(list, 4)); // expect: 4
    printf("%d\n", last(list, 5));
    return 0;
}
