/* SPDX-License-Identifier: CC0-1.0 */
// A pointer to data is called (C11 6.5.2.2p1).
#include <stdio.h>

int main(void)
{
    int n = 5;
    void (*f)(void) = (void (*)(void))&n;
    puts("before"); // expect: before
    f(); // expect-fault: bad-call
    return 0;
}
