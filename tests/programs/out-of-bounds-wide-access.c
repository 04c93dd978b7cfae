/* SPDX-License-Identifier: CC0-1.0 */
// An int read whose first bytes lie inside the block and whose last do not.
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char *bytes = calloc(6, 1);
    int *numbers = (int *)bytes;
    printf("%d\n", numbers[0]); // expect: 0
    printf("%d\n", numbers[1]); // expect-fault: out-of-bounds
    free(bytes);
    return 0;
}
