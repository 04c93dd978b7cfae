/* SPDX-License-Identifier: CC0-1.0 */
// string.h: every function, with results at both ends.
#include <stdio.h>
#include <string.h>

static int sign(int n) { return (n > 0) - (n < 0); }

int main(void)
{
    char a[32] = "heap", b[32];
    printf("%zu %zu\n", strlen(a), strlen("")); // expect: 4 0
    printf("%s\n", strcpy(b, a)); // expect: heap
    printf("%s\n", strcat(b, "wise")); // expect: heapwise
    printf("%s\n", strncat(b, " machine", 3)); // expect: heapwise ma
    memset(a, '#', 10);
    strncpy(a, "abc", 6);
    printf("%s %d %d %c\n", a, a[3], a[5], a[6]); // expect: abc 0 0 #
    strncpy(a, "longer than", 4);
    printf("%.6s\n", a); // expect: long
    printf("%d %d %d %d\n", sign(strcmp("a", "b")), sign(strcmp("b", "a")), strcmp("x", "x"), sign(strcmp("ab", "a"))); // expect: -1 1 0 1
    printf("%d %d\n", strncmp("abcd", "abxy", 2), sign(strncmp("abcd", "abxy", 3))); // expect: 0 -1
    printf("%d\n", sign(strcmp("\xff", "a"))); // expect: 1
    const char *text = "the cat sat";
    printf("%td %td %d\n", strchr(text, 'a') - text, strrchr(text, 'a') - text, strchr(text, 'z') == NULL); // expect: 5 9 1
    printf("%td\n", strchr(text, '\0') - text); // expect: 11
    printf("%s %d %d\n", strstr(text, "cat"), strstr(text, "dog") == NULL, strstr(text, "") == text); // expect: cat sat 1 1
    printf("%zu %zu %s\n", strspn(text, "eht"), strcspn(text, "c"), strpbrk(text, "sc")); // expect: 3 4 cat sat
    char c[8] = "0123456", d[8];
    memcpy(d, c, sizeof c);
    memmove(c + 2, c, 4);
    printf("%s %s\n", c, d); // expect: 0101236 0123456
    memmove(d, d + 3, 5);
    printf("%s\n", d); // expect: 3456
    printf("%d %d\n", memcmp("abc", "abd", 2), sign(memcmp("a\0c", "a\0b", 3))); // expect: 0 1
    printf("%s\n", (char *)memchr("find it", 'd', 7)); // expect: d it
    int numbers[4];
    memset(numbers, 0, sizeof numbers);
    memset(numbers + 1, 0xff, sizeof *numbers);
    printf("%d %d %d\n", numbers[0], numbers[1], numbers[3]); // expect: 0 -1 0
    return 0;
}
