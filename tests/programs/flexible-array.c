/* SPDX-License-Identifier: CC0-1.0 */
// A struct with a flexible array member, allocated with room for it.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text { size_t length; char bytes[]; };

static struct text *make(const char *from)
{
    size_t n = strlen(from);
    struct text *t = malloc(sizeof *t + n + 1);
    t->length = n;
    memcpy(t->bytes, from, n + 1);
    return t;
}

int main(void)
{
    struct text *t = make("flexible");
    printf("%zu %zu %s %c\n", sizeof *t, t->length, t->bytes, t->bytes[3]); // expect: 8 8 flexible x
    t = realloc(t, sizeof *t + 20);
    strcat(t->bytes, "-longer");
    printf("%s\n", t->bytes); // expect: flexible-longer
    free(t);
    return 0;
}
