/* SPDX-License-Identifier: CC0-1.0 */
// memcpy of ranges that overlap (C11 7.24.2.1p2); memmove would be right.
#include <stdio.h>
#include <string.h>

int main(void)
{
    char text[16] = "overlapping";
    memmove(text + 1, text, 11);
    puts(text); // expect: ooverlapping
    memcpy(text, text + 1, 11); // expect-fault: overlap
    puts(text);
    return 0;
}
