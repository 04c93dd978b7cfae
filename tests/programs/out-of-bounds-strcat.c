/* SPDX-License-Identifier: CC0-1.0 */
// strcat runs over after a few rounds; sprintf would too.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char *line = malloc(10);
    line[0] = '\0';
    for (int i = 0; i < 4; i++) {
        strcat(line, "abc"); // expect-fault: out-of-bounds
        puts(line);
    }
    free(line);
    return 0;
}

/* expect-output:
abc
abcabc
abcabcabc
*/
