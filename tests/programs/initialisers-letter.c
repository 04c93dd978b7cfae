/* SPDX-License-Identifier: CC0-1.0 */
// gcc takes a letter of a text constant as a constant.
#include <stdio.h>

static char second = "xyz"[1], first = *"abc";

int main(void)
{
    printf("%c%c\n", second, first); // expect: ya
    return 0;
}
