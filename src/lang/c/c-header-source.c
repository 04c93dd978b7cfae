/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parts of C's library that are written in C: what calls back into the program (qsort), what keeps something between two
 * calls (strtok), what gives a struct (div), and what is a line on top of a leaf. See c-header.h. Names that must not meet
 * the program's begin with two underscores; a source declares in its body what it calls. */

#include "c-header.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *text;
} Entry;

/* clang-format off */
/* A stable sort in place, as programs know it from glibc, that needs no block of the learner's heap: halves are sorted, and
 * merged by turning the stretch between two cuts round. */
static const char qsort_text[] =
  "static void __sort_swap(char *a, char *b, unsigned long size)\n"
  "{\n"
  "  void *memcpy(void *, const void *, unsigned long);\n"
  "  long room[32];\n"
  "  while (size > 0)\n"
  "    {\n"
  "      unsigned long part = size < sizeof room ? size : sizeof room;\n"
  "      memcpy(room, a, part);\n"
  "      memcpy(a, b, part);\n"
  "      memcpy(b, room, part);\n"
  "      a += part;\n"
  "      b += part;\n"
  "      size -= part;\n"
  "    }\n"
  "}\n"
  "static void __sort_reverse(char *first, unsigned long n, unsigned long size)\n"
  "{\n"
  "  for (unsigned long i = 0; i < n / 2; i++)\n"
  "    __sort_swap(first + i * size, first + (n - 1 - i) * size, size);\n"
  "}\n"
  "static void __sort_merge(char *base, unsigned long n_left, unsigned long n_right, unsigned long size,\n"
  "                         int (*compare)(const void *, const void *))\n"
  "{\n"
  "  while (n_left > 0 && n_right > 0)\n"
  "    {\n"
  "      char *middle = base + n_left * size;\n"
  "      unsigned long left = 0, right = 0, most;\n"
  "      if (compare(middle - size, middle) <= 0)\n"
  "        return;\n"
  "      if (n_left + n_right == 2)\n"
  "        {\n"
  "          __sort_swap(base, middle, size);\n"
  "          return;\n"
  "        }\n"
  "      if (n_left > n_right)\n"
  "        {\n"
  "          left = n_left / 2;\n"
  "          most = n_right;\n"
  "          while (right < most)\n"
  "            if (compare(middle + (right + most) / 2 * size, base + left * size) < 0)\n"
  "              right = (right + most) / 2 + 1;\n"
  "            else\n"
  "              most = (right + most) / 2;\n"
  "        }\n"
  "      else\n"
  "        {\n"
  "          right = n_right / 2;\n"
  "          most = n_left;\n"
  "          while (left < most)\n"
  "            if (compare(base + (left + most) / 2 * size, middle + right * size) <= 0)\n"
  "              left = (left + most) / 2 + 1;\n"
  "            else\n"
  "              most = (left + most) / 2;\n"
  "        }\n"
  "      __sort_reverse(base + left * size, n_left - left, size);\n"
  "      __sort_reverse(middle, right, size);\n"
  "      __sort_reverse(base + left * size, n_left - left + right, size);\n"
  "      __sort_merge(base, left, right, size, compare);\n"
  "      base += (left + right) * size;\n"
  "      n_left -= left;\n"
  "      n_right -= right;\n"
  "    }\n"
  "}\n"
  "static void __sort(char *base, unsigned long n, unsigned long size, int (*compare)(const void *, const void *))\n"
  "{\n"
  "  if (n < 2)\n"
  "    return;\n"
  "  __sort(base, n / 2, size, compare);\n"
  "  __sort(base + n / 2 * size, n - n / 2, size, compare);\n"
  "  __sort_merge(base, n / 2, n - n / 2, size, compare);\n"
  "}\n"
  "void qsort(void *base, unsigned long n, unsigned long size, int (*compare)(const void *, const void *))\n"
  "{\n"
  "  __sort(base, n, size, compare);\n"
  "}\n";

static const char bsearch_text[] =
  "void *bsearch(const void *key, const void *base, unsigned long n, unsigned long size,\n"
  "              int (*compare)(const void *, const void *))\n"
  "{\n"
  "  const char *first = base;\n"
  "  while (n > 0)\n"
  "    {\n"
  "      const char *middle = first + n / 2 * size;\n"
  "      int order = compare(key, middle);\n"
  "      if (order == 0)\n"
  "        return (void *) middle;\n"
  "      if (order > 0)\n"
  "        {\n"
  "          first = middle + size;\n"
  "          n--;\n"
  "        }\n"
  "      n /= 2;\n"
  "    }\n"
  "  return 0;\n"
  "}\n";


/* What is left of the text lies in the program's memory like everything else (C11 7.24.5.8). Without a text at first, strspn meets
 * the null pointer, as glibc's does. */
#define CUT_TOKEN(rest) \
  "  unsigned long strspn(const char *, const char *);\n" \
  "  unsigned long strcspn(const char *, const char *);\n" \
  "  char *end;\n" \
  "  if (text == 0)\n" \
  "    text = " rest ";\n" \
  "  text += strspn(text, marks);\n" \
  "  end = text + strcspn(text, marks);\n" \
  "  " rest " = end;\n" \
  "  if (*text == 0)\n" \
  "    return 0;\n" \
  "  if (*end != 0)\n" \
  "    {\n" \
  "      *end = 0;\n" \
  "      " rest " = end + 1;\n" \
  "    }\n" \
  "  return text;\n"

static const char strtok_text[] =
  "char *strtok(char *text, const char *marks)\n"
  "{\n"
  "  static char *__rest;\n"
  CUT_TOKEN ("__rest")
  "}\n";

static const char strtok_r_text[] =
  "char *strtok_r(char *text, const char *marks, char **rest)\n"
  "{\n"
  CUT_TOKEN ("*rest")
  "}\n";

static const char strcasecmp_text[] =
  "int strcasecmp(const char *a, const char *b)\n"
  "{\n"
  "  int tolower(int);\n"
  "  while (*a != 0 && tolower((unsigned char) *a) == tolower((unsigned char) *b))\n"
  "    {\n"
  "      a++;\n"
  "      b++;\n"
  "    }\n"
  "  return tolower((unsigned char) *a) - tolower((unsigned char) *b);\n"
  "}\n";

static const char strncasecmp_text[] =
  "int strncasecmp(const char *a, const char *b, unsigned long n)\n"
  "{\n"
  "  int tolower(int);\n"
  "  for (; n > 0; n--, a++, b++)\n"
  "    if (*a == 0 || tolower((unsigned char) *a) != tolower((unsigned char) *b))\n"
  "      return tolower((unsigned char) *a) - tolower((unsigned char) *b);\n"
  "  return 0;\n"
  "}\n";

#define DIVIDE(name, number) \
  #name "_t " #name "(" #number " a, " #number " b)\n" \
  "{\n" \
  "  " #name "_t result;\n" \
  "  result.quot = a / b;\n" \
  "  result.rem = a % b;\n" \
  "  return result;\n" \
  "}\n"

/* Numbers of one precision are rounded from the result in two. */
#define FLOAT(name) \
  "float " #name "f(float x)\n" \
  "{\n" \
  "  double " #name "(double);\n" \
  "  return (float) " #name "(x);\n" \
  "}\n"
#define FLOAT_OF_TWO(name) \
  "float " #name "f(float x, float y)\n" \
  "{\n" \
  "  double " #name "(double, double);\n" \
  "  return (float) " #name "(x, y);\n" \
  "}\n"
#define ROUNDED(type, name) \
  #type " " #name "(double x)\n" \
  "{\n" \
  "  double round(double);\n" \
  "  return (" #type ") round(x);\n" \
  "}\n"

static const char modf_text[] =
  "double modf(double x, double *whole)\n"
  "{\n"
  "  double trunc(double), copysign(double, double);\n"
  "  *whole = trunc(x);\n"
  "  return copysign(x - *whole == x - *whole ? x - *whole : 0, x);\n"
  "}\n";

static const char strcoll_text[] =
  "int strcoll(const char *a, const char *b)\n"
  "{\n"
  "  int strcmp(const char *, const char *);\n"
  "  return strcmp(a, b);\n"
  "}\n";

/* There is one stream to read from. */
#define READ_CHARACTER(name) \
  "int " #name "(struct __stream *stream)\n" \
  "{\n" \
  "  int getchar(void);\n" \
  "  (void) stream;\n" \
  "  return getchar();\n" \
  "}\n"

static const Entry sources[] = {
  { "qsort",       qsort_text },
  { "bsearch",     bsearch_text },
  { "strtok",      strtok_text },
  { "strtok_r",    strtok_r_text },
  { "strcoll",     strcoll_text },
  { "strcasecmp",  strcasecmp_text },
  { "strncasecmp", strncasecmp_text },
  { "div",         DIVIDE (div, int) },
  { "ldiv",        DIVIDE (ldiv, long) },
  { "lldiv",       DIVIDE (lldiv, long long) },
  { "fgetc",       READ_CHARACTER (fgetc) },
  { "getc",        READ_CHARACTER (getc) },
  { "modf",        modf_text },
  { "lround",      ROUNDED (long, lround) },
  { "llround",     ROUNDED (long long, llround) },
  { "sqrtf",       FLOAT (sqrt) },
  { "fabsf",       FLOAT (fabs) },
  { "floorf",      FLOAT (floor) },
  { "ceilf",       FLOAT (ceil) },
  { "roundf",      FLOAT (round) },
  { "truncf",      FLOAT (trunc) },
  { "sinf",        FLOAT (sin) },
  { "cosf",        FLOAT (cos) },
  { "tanf",        FLOAT (tan) },
  { "expf",        FLOAT (exp) },
  { "logf",        FLOAT (log) },
  { "powf",        FLOAT_OF_TWO (pow) },
  { "fmodf",       FLOAT_OF_TWO (fmod) },
  { "fminf",       FLOAT_OF_TWO (fmin) },
  { "fmaxf",       FLOAT_OF_TWO (fmax) },
  { "hypotf",      FLOAT_OF_TWO (hypot) },
};
/* clang-format on */

guint
c_header_get_n_sources (void)
{
  return G_N_ELEMENTS (sources);
}

const char *
c_header_get_source (guint index, const char **function)
{
  *function = sources[index].name;
  return sources[index].text;
}
