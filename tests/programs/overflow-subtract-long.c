/* SPDX-License-Identifier: CC0-1.0 */
// Long, and downward (UBSan).
#include <limits.h>

int main(void)
{
    long n = LONG_MIN;
    n += 1;
    n = n - 2; // expect-fault: overflow
    return n == 0;
}
