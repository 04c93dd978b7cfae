/* SPDX-License-Identifier: CC0-1.0 */
// The inner block's variable is gone at its closing brace.
#include <stdio.h>

int main(void)
{
    int *kept = NULL;
    {
        int inner = 4;
        kept = &inner;
        printf("%d\n", *kept); // expect: 4
    }
    *kept = 5; // expect-fault: dangling-stack
    return 0;
}
