/* SPDX-License-Identifier: CC0-1.0 */
// Characters: escapes, signedness, arithmetic, digits.
#include <stdio.h>

int main(void)
{
    char text[] = "tab\there \\ \"quoted\" \x41\102\0 hidden";
    printf("%s|\n", text); // expect: tab	here \ "quoted" AB|
    printf("%zu\n", sizeof text); // expect: 31
    printf("%d %d %d %d %d\n", '\n', '\t', '\0', '\\', '\''); // expect: 10 9 0 92 39
    printf("%d %d %d\n", '\a', '\x7f', '\377'); // expect: 7 127 -1
    char c = '\xff';
    unsigned char u = c;
    printf("%d %d %d\n", c, u, c == u); // expect: -1 255 0
    printf("%c%c%c\n", 'A' + 2, 'z' - 1, '0' + 7); // expect: Cy7
    char digit = '8';
    int value = digit - '0';
    printf("%d\n", value * value); // expect: 64
    for (char letter = 'a'; letter <= 'e'; letter++)
        putchar(letter - 'a' + 'A');
    putchar('\n'); // expect: ABCDE
    printf("%s\n", "one " "string " "in parts"); // expect: one string in parts
    printf("%c\n", "index"[2]); // expect: d
    printf("%c\n", 3["literal"]); // expect: e
    printf("%zu %zu\n", sizeof "four", sizeof ""); // expect: 5 1
    printf("a\
b\n"); // expect: ab
    return 0;
}
