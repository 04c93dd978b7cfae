/* SPDX-License-Identifier: CC0-1.0 */
// A text constant is written to.
#include <stdio.h>

int main(void)
{
    char *text = "constant";
    printf("%c\n", text[0]); // expect: c
    text[0] = 'C'; // expect-fault: read-only-write
    puts(text);
    return 0;
}
