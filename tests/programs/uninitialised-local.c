/* SPDX-License-Identifier: CC0-1.0 */
// A local that never got a value decides a branch.
#include <stdio.h>

int main(void)
{
    int count;
    int start = 3;
    if (start > 5)
        count = 1;
    puts("so far"); // expect: so far
    if (count > 0) // expect-fault: uninitialised-read
        puts("positive");
    return 0;
}
