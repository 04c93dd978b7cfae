/* SPDX-License-Identifier: CC0-1.0 */
// memset with the count of another array.
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char large[32], *small = malloc(16);
    memset(large, 0, sizeof large);
    memset(small, 0, sizeof large); // expect-fault: out-of-bounds
    free(small);
    return large[0];
}
