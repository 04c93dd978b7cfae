/* SPDX-License-Identifier: CC0-1.0 */
// A shift by the whole width (UBSan; C11 6.5.7p3).
#include <stdio.h>

int main(void)
{
    unsigned int bit = 1;
    for (int i = 30; i <= 32; i++)
        printf("%u\n", bit << i); // expect-fault: bad-shift
    return 0;
}

/* expect-output:
1073741824
2147483648
*/
