/* SPDX-License-Identifier: CC0-1.0 */
// An int at an odd address (UBSan; C11 6.3.2.3p7).
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char *bytes = calloc(16, 1);
    int *p = (int *)(bytes + 4);
    *p = 1;
    printf("%d\n", bytes[4]); // expect: 1
    p = (int *)(bytes + 5);
    *p = 2; // expect-fault: misaligned
    free(bytes);
    return 0;
}
