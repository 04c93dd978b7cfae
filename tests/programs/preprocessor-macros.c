/* SPDX-License-Identifier: CC0-1.0 */
// Macros: objects, functions, # and ##, nested, varargs, conditions, undef, line splices, __LINE__ and __func__.
#include <stdio.h>

#define SIZE 4
#define DOUBLE SIZE * 2
#define SQUARE(x) ((x) * (x))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define TEXT(x) #x
#define WORDS(x) TEXT(x)
#define JOIN(a, b) a##b
#define SAY(...) printf(__VA_ARGS__)
#define SHOW(x) printf(#x " = %d\n", x)
#define SWAP(type, a, b) \
    do {                 \
        type t = a;      \
        a = b;           \
        b = t;           \
    } while (0)
#define EMPTY
#define CALL(f, x) f(x)
#define f(x) (x + 1)

#if SIZE > 3 && defined(DOUBLE) && !defined MISSING
#define LEVEL "high"
#elif SIZE
#define LEVEL "middle"
#else
#error "never"
#endif

#ifdef MISSING
#define HIDDEN 1
#else
#define HIDDEN 0
#endif

#ifndef SIZE
#error "never"
#endif

int main(void)
{
    int count1 = 5, count2 = 6;
    printf("%d %d\n", SQUARE(1 + 2), 10 - DOUBLE); // expect: 9 2
    printf("%d\n", MAX(SQUARE(2), 3) + EMPTY 1); // expect: 5
    SAY("%s %s\n", TEXT(a + "b"), WORDS(SIZE)); // expect: a + "b" 4
    SAY("plain\n"); // expect: plain
    SHOW(JOIN(count, 1) + count2); // expect: JOIN(count, 1) + count2 = 11
    SWAP(int, count1, count2);
    printf("%d %d\n", count1, count2); // expect: 6 5
    puts(LEVEL); // expect: high
    printf("%d %d\n", HIDDEN, CALL(f, 3) + f(f(1))); // expect: 0 7
#undef SIZE
#define SIZE 100
    printf("%d %d\n", SIZE, DOUBLE); // expect: 100 200
    printf("%d %s\n", __LINE__ > 50, __func__); // expect: 1 main
#if 0
    this is not C at all '
#endif
#if (1 << 3) == 8 ? 1 : 0
    puts("counted"); // expect: counted
#endif
    int f = 3;
    printf("%d\n", f); // expect: 3
    return 0;
}
