/* SPDX-License-Identifier: CC0-1.0 */
// In an expression over several lines the fault is told at the operator.
#include <limits.h>
#include <stdio.h>

int main(void)
{
    int most = INT_MAX, one = 1;
    long sum = (long)most
               + one;
    printf("%ld\n", sum); // expect: 2147483648
    sum = most
          - one
          + one
          + one; // expect-fault: overflow
    printf("%ld\n", sum);
    return 0;
}
