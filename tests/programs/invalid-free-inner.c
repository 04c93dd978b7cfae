/* SPDX-License-Identifier: CC0-1.0 */
// The pointer has moved on inside its block.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char *text = malloc(16);
    strcpy(text, "  trimmed");
    while (*text == ' ')
        text++;
    puts(text); // expect: trimmed
    free(text); // expect-fault: invalid-free
    return 0;
}
