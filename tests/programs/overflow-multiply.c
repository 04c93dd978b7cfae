/* SPDX-License-Identifier: CC0-1.0 */
// A factorial that no longer fits (UBSan).
#include <stdio.h>

int main(void)
{
    int factorial = 1;
    for (int i = 1; i <= 13; i++)
        factorial *= i; // expect-fault: overflow
    printf("%d\n", factorial);
    return 0;
}
