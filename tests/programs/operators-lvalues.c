/* SPDX-License-Identifier: CC0-1.0 */
// ++, -- and compound assignment on every kind of lvalue; the place is evaluated once.
#include <stdio.h>

struct box { int n; unsigned char small; double d; int list[3]; struct { short deep; } inner; };

static int global;
static int uses;

static int *pick(int *array, int i)
{
    uses++;
    return array + i;
}

int main(void)
{
    int local = 5, array[4] = { 10, 20, 30, 40 }, *p = array, **pp = &p;
    struct box box = { 1, 255, 1.5, { 7, 8, 9 }, { -1 } }, *pb = &box;
    static int still = 3;
    int i = 0;

    local++;
    global--;
    still *= still;
    printf("%d %d %d\n", local, global, still); // expect: 6 -1 9
    array[i++] += 5;
    array[i]--;
    printf("%d %d %d\n", array[0], array[1], i); // expect: 15 19 1
    printf("%d ", *p++);
    printf("%d ", (*p)++);
    printf("%d ", *++p);
    printf("%d ", ++*p);
    printf("%d\n", array[1]); // expect: 15 19 30 31 20
    **pp = 99;
    ++*pp;
    (**pp)--;
    printf("%d %d\n", array[2], array[3]); // expect: 99 39
    box.n <<= 4;
    box.small++;
    box.d--;
    box.inner.deep -= 9;
    printf("%d %d %.1f %d\n", box.n, box.small, box.d, box.inner.deep); // expect: 16 0 0.5 -10
    pb->list[pb->n >> 4] += 100;
    pb->list[0] = pb->list[1]++ + 1;
    --pb->list[2];
    printf("%d %d %d\n", box.list[0], box.list[1], box.list[2]); // expect: 109 109 8
    *pick(array, 2) *= 2;
    (*pick(array, 3))++;
    printf("%d %d %d\n", array[2], array[3], uses); // expect: 198 40 2
    int v = i++ + i * 0;
    printf("%d\n", v); // expect: 1
    char c = 'a';
    c++;
    printf("%c\n", c--); // expect: b
    p -= 2;
    printf("%td %d\n", p - array, p[-1]); // expect: 1 15
    float f = 0.5f;
    f++;
    printf("%g\n", f--); // expect: 1.5
    return 0;
}
