/* SPDX-License-Identifier: CC0-1.0 */
// A function hands a block out; the caller keeps the first and forgets the second; a third is freed by another function.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *copy(const char *text)
{
    char *c = malloc(strlen(text) + 1); // expect-leak: 7 1
    return strcpy(c, text);
}

static void consume(char *text)
{
    puts(text);
    free(text);
}

int main(void)
{
    char *a = copy("first");
    printf("%zu\n", strlen(copy("second")));
    consume(copy("third"));
    free(a);
    return 0;
}

/* expect-output:
6
third
*/
