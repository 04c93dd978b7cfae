/* SPDX-License-Identifier: CC0-1.0 */
// A text whose characters were never all written.
#include <stdio.h>
#include <string.h>

int main(void)
{
    char text[10];
    text[0] = 'a';
    text[2] = '\0';
    size_t n = strlen(text); // expect-fault: uninitialised-read
    printf("%zu\n", n);
    return 0;
}
