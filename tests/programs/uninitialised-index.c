/* SPDX-License-Identifier: CC0-1.0 */
// As an address: an index without a value.
#include <stdio.h>

int main(void)
{
    int list[4] = { 1, 2, 3, 4 }, index;
    printf("%d\n", list[0]); // expect: 1
    list[index & 3] = 9; // expect-fault: uninitialised-read
    printf("%d\n", list[1]);
    return 0;
}
