/* SPDX-License-Identifier: CC0-1.0 */
// Pointer arithmetic: steps are elements, differences, comparison, walking both ways, one behind the end, void *, char *.
#include <stddef.h>
#include <stdio.h>

struct wide { double d; char c; };

int main(void)
{
    int list[6] = { 1, 2, 3, 4, 5, 6 };
    int *p = list, *end = list + 6;
    int sum = 0;

    while (p < end)
        sum += *p++;
    printf("%d %d\n", sum, p == end); // expect: 21 1
    while (p-- > list)
        printf("%d", *p);
    puts(""); // expect: 654321
    p = &list[2];
    printf("%d %d %d %d\n", *(p + 1), p[-2], *(2 + p), 3[list]); // expect: 4 1 5 4
    ptrdiff_t gap = end - p;
    printf("%td %td %td\n", gap, p - end, (char *)end - (char *)p); // expect: 4 -4 16
    printf("%d %d %d\n", p > list, p == list + 2, &list[6] == end); // expect: 1 1 1
    struct wide w[3] = { { 1.5, 'a' }, { 2.5, 'b' }, { 3.5, 'c' } }, *q = w;
    q += 2;
    printf("%c %.1f %td %zu\n", q->c, (q - 1)->d, q - w, sizeof *q); // expect: c 2.5 2 16
    void *any = w;
    printf("%c\n", ((struct wide *)any + 1)->c); // expect: b
    unsigned char *bytes = (unsigned char *)list;
    printf("%d %d %d\n", bytes[0], bytes[4], bytes[5]); // expect: 1 2 0
    char text[] = "pointer";
    char *left = text, *right = text + sizeof text - 2;
    while (left < right) {
        char t = *left;
        *left++ = *right;
        *right-- = t;
    }
    puts(text); // expect: retniop
    int *none = 0;
    printf("%d %d %d\n", none == NULL, !none, p != NULL); // expect: 1 1 1
    const int *reader = list;
    reader += 3;
    printf("%d\n", *reader); // expect: 4
    int a = 1, *pa = &a, *pb = pa;
    *pb = 8;
    printf("%d %d\n", a, pa == pb); // expect: 8 1
    return 0;
}
