/* SPDX-License-Identifier: CC0-1.0 */
// A text without its NUL: the library reads on behind it.
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char *word = malloc(4);
    for (int i = 0; i < 4; i++)
        word[i] = "word"[i];
    printf("%c\n", word[3]); // expect: d
    printf("%s\n", word); // expect-fault: out-of-bounds
    free(word);
    return 0;
}
