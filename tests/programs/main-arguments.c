/* SPDX-License-Identifier: CC0-1.0 */
// main's own arguments: a program that is started without any has one, its name, and NULL behind it (C11 5.1.2.2.1).
#include <stdio.h>

int main(int argc, char *argv[])
{
    printf("%d\n", argc); // expect: 1
    printf("%d %d\n", argv[0] != NULL, argv[argc] == NULL); // expect: 1 1
    int letters = 0;
    for (char **at = argv; *at; at++)
        for (const char *c = *at; *c; c++)
            letters++;
    return letters > 0; // expect-exit: 1
}
