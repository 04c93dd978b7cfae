/* SPDX-License-Identifier: CC0-1.0 */
// Reading when there is nothing to read: the end at once.
#include <stdio.h>

int main(void)
{
    char line[16] = "kept";
    int c = getchar();
    printf("%d %d\n", c == EOF, c); // expect: 1 -1
    printf("%d\n", fgets(line, sizeof line, stdin) == NULL); // expect: 1
    puts(line); // expect: kept
    return 0;
}
