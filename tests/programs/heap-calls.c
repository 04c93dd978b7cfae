/* SPDX-License-Identifier: CC0-1.0 */
// malloc, calloc, realloc, free: zeros, growth keeps the bytes, realloc(NULL), free(NULL), shrinking.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    int *zeros = calloc(5, sizeof *zeros);
    printf("%d %d\n", zeros[0], zeros[4]); // expect: 0 0
    for (int i = 0; i < 5; i++)
        zeros[i] = i * i;
    int *more = realloc(zeros, 50 * sizeof *more);
    printf("%d %d\n", more[1], more[4]); // expect: 1 16
    memset(more + 5, 0, 45 * sizeof *more);
    more = realloc(more, 2 * sizeof *more);
    printf("%d %d\n", more[0], more[1]); // expect: 0 1
    free(more);
    char *text = realloc(NULL, 6);
    strcpy(text, "fresh");
    puts(text); // expect: fresh
    free(text);
    free(NULL);
    void *nothing = malloc(0);
    free(nothing);
    char *a = malloc(1), *b = malloc(1);
    printf("%d\n", a != b); // expect: 1
    free(b);
    free(a);
    size_t size = 1;
    char *grown = malloc(size);
    grown[0] = 'x';
    while (size < 5000) {
        grown = realloc(grown, size * 2);
        memset(grown + size, 'y', size);
        size *= 2;
    }
    printf("%zu %c %c\n", size, grown[0], grown[size - 1]); // expect: 8192 x y
    free(grown);
    return 0;
}
