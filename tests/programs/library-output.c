/* SPDX-License-Identifier: CC0-1.0 */
// puts, putchar, fputs, fputc, fprintf to stdout and stderr, sprintf, snprintf that cuts, what they return.
#include <stdio.h>

int main(void)
{
    char buffer[16];
    int n;

    n = putchar('A');
    printf(" %d\n", n); // expect: A 65
    fputs("no newline added", stdout);
    fputc('\n', stdout); // expect: no newline added
    fprintf(stdout, "%s-%d\n", "formatted", 1); // expect: formatted-1
    fprintf(stderr, "not on stdout\n");
    n = sprintf(buffer, "%03d:%s", 7, "ab");
    printf("%s %d\n", buffer, n); // expect: 007:ab 6
    n = snprintf(buffer, sizeof buffer, "%s", "a text that is too long");
    printf("%s %d\n", buffer, n); // expect: a text that is  23
    n = snprintf(buffer, 4, "%d", 123456);
    printf("%s %d\n", buffer, n); // expect: 123 6
    n = snprintf(NULL, 0, "%f", 2.5);
    printf("%d\n", n); // expect: 8
    puts("%d is not a conversion here"); // expect: %d is not a conversion here
    printf("%s", "");
    n = puts("x") >= 0; // expect: x
    printf("%d\n", n); // expect: 1
    fflush(stdout);
    return 0;
}
