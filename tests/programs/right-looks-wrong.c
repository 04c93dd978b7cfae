/* SPDX-License-Identifier: CC0-1.0 */
// Looks wrong and is right: one behind the end is held, freed pointers are overwritten, undefined bytes are copied, masks define bits.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct padded { char c; int n; };

static int *keep(void)
{
    static int still = 6;
    return &still;
}

int main(void)
{
    int list[3] = { 1, 2, 3 }, *end = list + 3, *zero = &list[3] - 3;
    printf("%td %d\n", end - list, *zero); // expect: 3 1
    char *p = malloc(4);
    free(p);
    p = NULL;
    free(p);
    struct padded a = { 'a', 5 }, b;
    memcpy(&b, &a, sizeof a);
    struct padded half, other;
    half.n = 3;
    other = half;
    printf("%d %d\n", b.n, other.n); // expect: 5 3
    int undefined;
    int masked = undefined & 0;
    printf("%d\n", masked); // expect: 0
    int later;
    int *to = &later;
    *to = 9;
    printf("%d %d\n", later, *keep()); // expect: 9 6
    char text[3] = { 'n', 'o', 'n' };
    printf("%.3s %zu\n", text, sizeof text); // expect: non 3
    int *q = malloc(2 * sizeof *q);
    int *inner = q + 1;
    *inner = 4;
    inner--;
    free(inner);
    const char *literal = "text";
    printf("%c\n", literal[4] ? 'x' : 'e'); // expect: e
    int many[2][2] = { { 1, 2 }, { 3, 4 } };
    int *flat = &many[0][0];
    printf("%d\n", flat[1]); // expect: 2
    unsigned int wrap = 0;
    wrap--;
    printf("%u\n", wrap); // expect: 4294967295
    int *same = malloc(sizeof *same), *alias = same;
    *alias = 2;
    free(same);
    printf("%d\n", alias != NULL ? 1 : 0); // expect: 1
    return 0;
}
