/* SPDX-License-Identifier: CC0-1.0 */
// A search that found nothing; the field's offset is not zero.
#include <stdio.h>
#include <string.h>

struct entry { const char *key; int value; };

static struct entry entries[] = { { "one", 1 }, { "two", 2 } };

static struct entry *find(const char *key)
{
    for (int i = 0; i < 2; i++)
        if (strcmp(entries[i].key, key) == 0)
            return &entries[i];
    return NULL;
}

int main(void)
{
    printf("%d\n", find("two")->value); // expect: 2
    printf("%d\n", find("three")->value); // expect-fault: null-dereference
    return 0;
}
