/* SPDX-License-Identifier: CC0-1.0 */
// One of two structs that share a block frees it; the other reads through its field.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct person { char *name; int age; };

static void release(struct person *p)
{
    free(p->name);
    p->name = NULL;
}

int main(void)
{
    struct person a = { malloc(8), 30 };
    strcpy(a.name, "ada");
    struct person b = a;
    release(&a);
    printf("%d\n", b.age); // expect: 30
    char first = b.name[0]; // expect-fault: use-after-free
    return first;
}
