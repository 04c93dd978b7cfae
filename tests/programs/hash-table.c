/* SPDX-License-Identifier: CC0-1.0 */
// A hash table with chains: words counted, the table doubled, all removed.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry { char *key; int count; struct entry *next; };
struct table { struct entry **buckets; unsigned int size, used; };

static unsigned int hash(const char *text)
{
    unsigned int h = 2166136261u;
    while (*text)
        h = (h ^ (unsigned char)*text++) * 16777619u;
    return h;
}

static void grow(struct table *t)
{
    unsigned int size = t->size * 2;
    struct entry **buckets = calloc(size, sizeof *buckets);
    for (unsigned int i = 0; i < t->size; i++)
        while (t->buckets[i]) {
            struct entry *e = t->buckets[i];
            t->buckets[i] = e->next;
            unsigned int b = hash(e->key) % size;
            e->next = buckets[b];
            buckets[b] = e;
        }
    free(t->buckets);
    t->buckets = buckets;
    t->size = size;
}

static struct entry *get(struct table *t, const char *key)
{
    struct entry *e = t->buckets[hash(key) % t->size];
    while (e && strcmp(e->key, key) != 0)
        e = e->next;
    if (!e) {
        if (t->used == t->size)
            grow(t);
        struct entry **bucket = &t->buckets[hash(key) % t->size];
        e = malloc(sizeof *e);
        e->key = malloc(strlen(key) + 1);
        strcpy(e->key, key);
        e->count = 0;
        e->next = *bucket;
        *bucket = e;
        t->used++;
    }
    return e;
}

int main(void)
{
    struct table t = { calloc(2, sizeof(struct entry *)), 2, 0 };
    const char *words[] = { "to", "be", "or", "not", "to", "be", "that", "is", "the", "question" };
    for (int i = 0; i < 10; i++)
        get(&t, words[i])->count++;
    printf("%u words in %u buckets\n", t.used, t.size); // expect: 8 words in 8 buckets
    printf("%d %d %d\n", get(&t, "to")->count, get(&t, "be")->count, get(&t, "is")->count); // expect: 2 2 1
    printf("%u\n", hash("heap")); // expect: 644430047
    for (unsigned int i = 0; i < t.size; i++)
        for (struct entry *e = t.buckets[i], *next; e; e = next) {
            next = e->next;
            free(e->key);
            free(e);
        }
    free(t.buckets);
    return 0;
}
