/* SPDX-License-Identifier: CC0-1.0 */
// A learner's own memcpy, byte by byte: pointers inside what is copied can be used afterwards. An own generic sort.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *copy(void *to, const void *from, size_t n)
{
    unsigned char *t = to;
    const unsigned char *f = from;
    while (n--)
        *t++ = *f++;
    return to;
}

static void exchange(void *a, void *b, size_t size)
{
    char *x = a, *y = b;
    for (size_t i = 0; i < size; i++) {
        char t = x[i];
        x[i] = y[i];
        y[i] = t;
    }
}

static void sort(void *base, size_t n, size_t size, int (*compare)(const void *, const void *))
{
    char *b = base;
    for (size_t i = 1; i < n; i++)
        for (size_t j = i; j > 0 && compare(b + j * size, b + (j - 1) * size) < 0; j--)
            exchange(b + j * size, b + (j - 1) * size, size);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char **)a, *(const char **)b);
}

struct holder { char tag; int *to; double d; };

int main(void)
{
    int target = 31;
    struct holder a = { 'x', &target, 0.5 }, b;
    copy(&b, &a, sizeof a);
    *b.to += 1;
    printf("%c %d %g\n", b.tag, target, b.d); // expect: x 32 0.5
    int **heap = malloc(sizeof *heap), *stolen;
    *heap = malloc(sizeof **heap);
    **heap = 8;
    copy(&stolen, heap, sizeof stolen);
    printf("%d\n", *stolen); // expect: 8
    free(stolen);
    free(heap);
    char *words[4];
    const char *source[] = { "delta", "alpha", "charlie", "bravo" };
    for (int i = 0; i < 4; i++)
        words[i] = strcpy(malloc(strlen(source[i]) + 1), source[i]);
    sort(words, 4, sizeof *words, by_text);
    for (int i = 0; i < 4; i++) {
        printf("%s ", words[i]);
        free(words[i]);
    }
    puts(""); // expect: alpha bravo charlie delta 
    return 0;
}
