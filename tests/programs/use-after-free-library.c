/* SPDX-License-Identifier: CC0-1.0 */
// A library function walks a freed text.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char *text = malloc(6);
    strcpy(text, "text!");
    free(text);
    size_t n = strlen(text); // expect-fault: use-after-free
    printf("%zu\n", n);
    return 0;
}
