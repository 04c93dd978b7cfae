/* SPDX-License-Identifier: CC0-1.0 */
// ctype.h in the "C" locale: all classes over all characters, as counts and sums.
#include <ctype.h>
#include <stdio.h>

int main(void)
{
    int (*const classes[])(int) = { isalnum, isalpha, isblank, iscntrl, isdigit, isgraph, islower, isprint, ispunct, isspace, isupper, isxdigit };
    for (int k = 0; k < 12; k++) {
        int count = 0, sum = 0;
        for (int c = -1; c < 256; c++)
            if (classes[k](c)) {
                count++;
                sum += c;
            }
        printf("%d:%d ", count, sum);
    }
    puts(""); // expect: 62:5387 52:4862 2:41 33:623 10:525 94:7473 26:2847 95:7505 32:2086 6:87 26:2015 22:1527 
    char text[] = "Hello, World 42!";
    for (char *p = text; *p; p++)
        *p = (char)(isupper((unsigned char)*p) ? tolower((unsigned char)*p) : toupper((unsigned char)*p));
    puts(text); // expect: hELLO, wORLD 42!
    printf("%c %c %d\n", toupper('1'), tolower('['), toupper(-1)); // expect: 1 [ -1
    printf("%d %d\n", !!isspace('\v'), !!isspace('\0')); // expect: 1 0
    return 0;
}
