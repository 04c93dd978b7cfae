/* SPDX-License-Identifier: CC0-1.0 */
// strtok writes into the text that it is given.
#include <stdio.h>
#include <string.h>

int main(void)
{
    char *line = "a b";
    puts("before"); // expect: before
    char *t = strtok(line, " "); // expect-fault: read-only-write
    puts(t);
    return 0;
}
