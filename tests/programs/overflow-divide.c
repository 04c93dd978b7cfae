/* SPDX-License-Identifier: CC0-1.0 */
// INT_MIN / -1 is no int (UBSan; C11 6.5.5p6).
#include <limits.h>

int main(void)
{
    int a = INT_MIN, b = 0;
    b--;
    return a / b; // expect-fault: overflow
}
