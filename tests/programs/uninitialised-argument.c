/* SPDX-License-Identifier: CC0-1.0 */
// An undefined argument is passed on twice before it decides something.
#include <stdio.h>

static int third(int n)
{
    if (n > 3) // expect-fault: uninitialised-read
        return 1;
    return 0;
}

static int second(int n) { return third(n) + 1; }
static int first(int n) { return second(n * 2); }

int main(void)
{
    int n;
    printf("%d\n", first(5)); // expect: 2
    printf("%d\n", first(n));
    return 0;
}
