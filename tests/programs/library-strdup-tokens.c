/* SPDX-License-Identifier: CC0-1.0 */
// strdup; words cut by hand with strspn and strcspn.
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char *line = strdup("  alpha, beta;gamma ,, delta ");
    char *at = line;
    int n = 0;

    while (*(at += strspn(at, " ,;")) != '\0') {
        size_t length = strcspn(at, " ,;");
        char *word = malloc(length + 1);
        memcpy(word, at, length);
        word[length] = '\0';
        printf("%d %s %zu\n", ++n, word, length);
        free(word);
        at += length;
    }
    free(line);
    return n; // expect-exit: 4
}

/* expect-output:
1 alpha 5
2 beta 4
3 gamma 5
4 delta 5
*/
