/* SPDX-License-Identifier: CC0-1.0 */
// The same functions where they are easily misread: counts of 0, empty texts, overlapping moves, results that point into arguments.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char a[12] = "";
    printf("%d %d %d\n", strncmp("x", "y", 0), memcmp("x", "y", 0), strcmp("", "")); // expect: 0 0 0
    strncpy(a, "", 3);
    strncat(a, "abcdef", 4);
    printf("%s %zu\n", a, strlen(a)); // expect: abcd 4
    printf("%d\n", strcpy(a, "again") == a); // expect: 1
    memcpy(a + 5, a + 6, 0);
    memmove(a, a + 1, 5);
    puts(a); // expect: gain
    memmove(a + 1, a, 4);
    a[5] = '\0';
    puts(a); // expect: ggain
    printf("%s|%s\n", strrchr("a/b/c", '/') + 1, strstr("aab", "ab")); // expect: c|ab
    printf("%zu %zu\n", strspn("", "a"), strcspn("abc", "")); // expect: 0 3
    char *copy = malloc(4);
    memset(copy, 'x', 3);
    copy[3] = '\0';
    printf("%s %d\n", copy, memchr(copy, 'y', 4) == NULL); // expect: xxx 1
    free(copy);
    printf("%d\n", snprintf(a, sizeof a, "%s-%05.1f", "v", 3.14159)); // expect: 7
    puts(a); // expect: v-003.1
    return 0;
}
