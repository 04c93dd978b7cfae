/* SPDX-License-Identifier: CC0-1.0 */
// qsort and bsearch with comparisons: numbers, structs by two keys, texts through pointers, from the largest down.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct person { const char *name; int age; };

static int rising(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static int falling(const void *a, const void *b) { return -rising(a, b); }

static int by_age_then_name(const void *a, const void *b)
{
    const struct person *p = a, *q = b;
    if (p->age != q->age)
        return p->age - q->age;
    return strcmp(p->name, q->name);
}

static int texts(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int main(void)
{
    int list[] = { 9, -3, 7, 0, 7, 100, -50 };
    size_t n = sizeof list / sizeof *list;
    qsort(list, n, sizeof *list, rising);
    for (size_t i = 0; i < n; i++)
        printf("%d ", list[i]);
    puts(""); // expect: -50 -3 0 7 7 9 100 
    int key = 7, missing = 8;
    int *found = bsearch(&key, list, n, sizeof *list, rising);
    printf("%d %d\n", *found, bsearch(&missing, list, n, sizeof *list, rising) == NULL); // expect: 7 1
    qsort(list, n, sizeof *list, falling);
    printf("%d %d\n", list[0], list[n - 1]); // expect: 100 -50
    struct person people[] = { { "eve", 30 }, { "bob", 25 }, { "ada", 30 }, { "dan", 25 } };
    qsort(people, 4, sizeof *people, by_age_then_name);
    for (int i = 0; i < 4; i++)
        printf("%s%d ", people[i].name, people[i].age);
    puts(""); // expect: bob25 dan25 ada30 eve30 
    const char *words[] = { "pear", "fig", "apple", "kiwi" };
    qsort(words, 4, sizeof *words, texts);
    printf("%s %s %s %s\n", words[0], words[1], words[2], words[3]); // expect: apple fig kiwi pear
    int *large = malloc(500 * sizeof *large), sorted = 1;
    for (int i = 0; i < 500; i++)
        large[i] = i * 7919 % 503;
    qsort(large, 500, sizeof *large, rising);
    for (int i = 1; i < 500; i++)
        sorted &= large[i - 1] <= large[i];
    printf("%d %d\n", sorted, large[250]); // expect: 1 251
    free(large);
    qsort(list, 0, sizeof *list, rising);
    return 0;
}
