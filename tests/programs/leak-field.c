/* SPDX-License-Identifier: CC0-1.0 */
// The struct is freed, what its field held is not.
#include <stdlib.h>
#include <string.h>

struct person { char *name; };

int main(void)
{
    struct person *p = malloc(sizeof *p);
    p->name = malloc(10); // expect-leak: 10 1
    strcpy(p->name, "ada");
    free(p);
    return 0;
}
