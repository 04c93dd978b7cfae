/* SPDX-License-Identifier: CC0-1.0 */
// A text in a frame that is gone, read by the library.
#include <stdio.h>

static const char *number(int n)
{
    char digits[12];
    char *p = digits;
    sprintf(digits, "%d", n);
    return p;
}

int main(void)
{
    const char *text = number(42);
    puts(text); // expect-fault: dangling-stack
    return 0;
}
