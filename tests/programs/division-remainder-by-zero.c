/* SPDX-License-Identifier: CC0-1.0 */
// The remainder as well; unsigned and compound.
#include <stdio.h>

int main(void)
{
    unsigned int bucket = 17, buckets = 4;
    for (;; buckets -= 2) {
        bucket %= buckets; // expect-fault: division-by-zero
        printf("%u\n", bucket);
    }
}

/* expect-output:
1
1
*/
