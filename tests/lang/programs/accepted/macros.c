#include <assert.h>
#include <stdio.h>

#define SIZE 5
#define SQUARE(x) ((x) * (x))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define TEXT(x) #x
#define TEXT_OF(x) TEXT (x)
#define JOIN(a, b) a##b
#define LOG(...) printf (__VA_ARGS__)
#define LOG_LINE(format, ...) printf (format "\n", ##__VA_ARGS__)
#define EMPTY
#define foo foo

#if defined SIZE && SIZE > 3 && !defined(NOTHING)
#define BIG 1
#elif SIZE == 3
#error "not this one"
#else
#error "nor this one"
#endif

#ifndef BIG
int broken (
#endif

#undef EMPTY

int
main (void)
{
  int JOIN (va, lue) = SQUARE (1 + 2), foo = 4;

  LOG ("%d %d\n", value, MAX (foo, SIZE));
  LOG_LINE ("%s %s", TEXT (a "quoted" word), TEXT_OF (SIZE));
  LOG_LINE ("none");
  assert (value == 9 && BIG);
  return __LINE__ - 38 + (__STDC_VERSION__ != 201112L);
}
