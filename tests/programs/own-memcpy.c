/* SPDX-License-Identifier: CC0-1.0 */
// A learner's own memcpy, byte by byte: pointers inside what is copied can be used afterwards (C11 6.5p6, 6.2.6.1p4).
#include <stdio.h>
#include <stdlib.h>

static void *copy(void *to, const void *from, size_t n)
{
    unsigned char *t = to;
    const unsigned char *f = from;
    while (n--)
        *t++ = *f++;
    return to;
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
    return 0;
}
