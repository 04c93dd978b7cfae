/* SPDX-License-Identifier: CC0-1.0 */
// Past the end of a global table; a negative index would be as wrong.
#include <stdio.h>

static const char *const months[] = { "jan", "feb", "mar" };

static const char *name(int month)
{
    return months[month]; // expect-fault: out-of-bounds
}

int main(void)
{
    printf("%s\n", name(2)); // expect: mar
    printf("%s\n", name(3));
    return 0;
}
