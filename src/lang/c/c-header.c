/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Our headers: see c-header.h. A function stands on a line of its own, with parameters that have no names, so that a program's
 * macros cannot meet them. A function for which there is neither a leaf nor a source below is declared all the same: a
 * call of it is then reported as not supported, by its name. */

#include "c-header.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *text;
} Entry;

/* clang-format off */
#define SIZE_T "typedef unsigned long size_t;\n"
#define NULL_POINTER "#define NULL ((void *) 0)\n"

static const char stddef_text[] =
  SIZE_T
  NULL_POINTER
  "typedef long ptrdiff_t;\n"
  "typedef int wchar_t;\n"
  "typedef struct { long __first; double __second; } max_align_t;\n"
  "#define offsetof(type, member) __builtin_offsetof (type, member)\n";

static const char stdint_text[] =
  "typedef signed char int8_t;\ntypedef short int16_t;\ntypedef int int32_t;\ntypedef long int64_t;\n"
  "typedef unsigned char uint8_t;\ntypedef unsigned short uint16_t;\n"
  "typedef unsigned int uint32_t;\ntypedef unsigned long uint64_t;\n"
  "typedef signed char int_least8_t;\ntypedef short int_least16_t;\ntypedef int int_least32_t;\n"
  "typedef long int_least64_t;\ntypedef unsigned char uint_least8_t;\ntypedef unsigned short uint_least16_t;\n"
  "typedef unsigned int uint_least32_t;\ntypedef unsigned long uint_least64_t;\n"
  "typedef signed char int_fast8_t;\ntypedef long int_fast16_t;\ntypedef long int_fast32_t;\ntypedef long int_fast64_t;\n"
  "typedef unsigned char uint_fast8_t;\ntypedef unsigned long uint_fast16_t;\n"
  "typedef unsigned long uint_fast32_t;\ntypedef unsigned long uint_fast64_t;\n"
  "typedef long intptr_t;\ntypedef unsigned long uintptr_t;\n"
  "typedef long intmax_t;\ntypedef unsigned long uintmax_t;\n"
  "#define INT8_MIN (-128)\n#define INT8_MAX 127\n#define UINT8_MAX 255\n"
  "#define INT16_MIN (-32767-1)\n#define INT16_MAX 32767\n#define UINT16_MAX 65535\n"
  "#define INT32_MIN (-2147483647-1)\n#define INT32_MAX 2147483647\n#define UINT32_MAX 4294967295U\n"
  "#define INT64_MIN (-9223372036854775807L-1)\n#define INT64_MAX 9223372036854775807L\n"
  "#define UINT64_MAX 18446744073709551615UL\n"
  "#define INTPTR_MIN INT64_MIN\n#define INTPTR_MAX INT64_MAX\n#define UINTPTR_MAX UINT64_MAX\n"
  "#define INTMAX_MIN INT64_MIN\n#define INTMAX_MAX INT64_MAX\n#define UINTMAX_MAX UINT64_MAX\n"
  "#define PTRDIFF_MIN INT64_MIN\n#define PTRDIFF_MAX INT64_MAX\n#define SIZE_MAX UINT64_MAX\n"
  "#define INT8_C(c) c\n#define INT16_C(c) c\n#define INT32_C(c) c\n#define INT64_C(c) c ## L\n"
  "#define UINT8_C(c) c\n#define UINT16_C(c) c\n#define UINT32_C(c) c ## U\n#define UINT64_C(c) c ## UL\n"
  "#define INTMAX_C(c) c ## L\n#define UINTMAX_C(c) c ## UL\n";

static const char inttypes_text[] =
  "#include <stdint.h>\n"
  "#define PRId8 \"d\"\n#define PRId16 \"d\"\n#define PRId32 \"d\"\n#define PRId64 \"ld\"\n"
  "#define PRIi8 \"i\"\n#define PRIi16 \"i\"\n#define PRIi32 \"i\"\n#define PRIi64 \"li\"\n"
  "#define PRIu8 \"u\"\n#define PRIu16 \"u\"\n#define PRIu32 \"u\"\n#define PRIu64 \"lu\"\n"
  "#define PRIx8 \"x\"\n#define PRIx16 \"x\"\n#define PRIx32 \"x\"\n#define PRIx64 \"lx\"\n"
  "#define PRIX8 \"X\"\n#define PRIX16 \"X\"\n#define PRIX32 \"X\"\n#define PRIX64 \"lX\"\n"
  "#define PRIo32 \"o\"\n#define PRIo64 \"lo\"\n"
  "#define PRIdMAX \"ld\"\n#define PRIuMAX \"lu\"\n#define PRIxMAX \"lx\"\n"
  "#define PRIdPTR \"ld\"\n#define PRIuPTR \"lu\"\n#define PRIxPTR \"lx\"\n";

static const char stdbool_text[] =
  "#define bool _Bool\n#define true 1\n#define false 0\n#define __bool_true_false_are_defined 1\n";

static const char limits_text[] =
  "#define CHAR_BIT 8\n#define SCHAR_MIN (-128)\n#define SCHAR_MAX 127\n#define UCHAR_MAX 255\n"
  "#define CHAR_MIN (-128)\n#define CHAR_MAX 127\n#define MB_LEN_MAX 16\n"
  "#define SHRT_MIN (-32767-1)\n#define SHRT_MAX 32767\n#define USHRT_MAX 65535\n"
  "#define INT_MIN (-2147483647-1)\n#define INT_MAX 2147483647\n#define UINT_MAX 4294967295U\n"
  "#define LONG_MIN (-9223372036854775807L-1L)\n#define LONG_MAX 9223372036854775807L\n"
  "#define ULONG_MAX 18446744073709551615UL\n"
  "#define LLONG_MIN (-9223372036854775807LL-1LL)\n#define LLONG_MAX 9223372036854775807LL\n"
  "#define ULLONG_MAX 18446744073709551615ULL\n";

static const char float_text[] =
  "#define FLT_RADIX 2\n#define FLT_MANT_DIG 24\n#define DBL_MANT_DIG 53\n#define FLT_DIG 6\n#define DBL_DIG 15\n"
  "#define FLT_EPSILON 1.19209290e-7F\n#define FLT_MIN 1.17549435e-38F\n#define FLT_MAX 3.40282347e+38F\n"
  "#define DBL_EPSILON 2.2204460492503131e-16\n#define DBL_MIN 2.2250738585072014e-308\n"
  "#define DBL_MAX 1.7976931348623157e+308\n#define DECIMAL_DIG 21\n#define FLT_DECIMAL_DIG 9\n#define DBL_DECIMAL_DIG 17\n"
  "#define FLT_MIN_EXP (-125)\n#define FLT_MAX_EXP 128\n#define DBL_MIN_EXP (-1021)\n#define DBL_MAX_EXP 1024\n";

static const char assert_text[] =
  "void __assert_fail(const char *, const char *, unsigned int, const char *);\n"
  "#ifdef NDEBUG\n#define assert(expression) ((void) 0)\n#else\n"
  "#define assert(expression) ((expression) ? (void) 0 : __assert_fail (#expression, __FILE__, __LINE__, __func__))\n#endif\n"
  "#define static_assert _Static_assert\n";

static const char errno_text[] =
  "#define EDOM 33\n#define ERANGE 34\n#define EILSEQ 84\n#define ENOMEM 12\n#define EINVAL 22\n#define ENOENT 2\n";

static const char stdlib_text[] =
  SIZE_T
  NULL_POINTER
  "typedef struct { int quot; int rem; } div_t;\n"
  "typedef struct { long quot; long rem; } ldiv_t;\n"
  "typedef struct { long long quot; long long rem; } lldiv_t;\n"
  "#define EXIT_SUCCESS 0\n#define EXIT_FAILURE 1\n#define RAND_MAX 2147483647\n"
  "void *malloc(unsigned long);\n"
  "void *calloc(unsigned long, unsigned long);\n"
  "void *realloc(void *, unsigned long);\n"
  "void free(void *);\n"
  "_Noreturn void exit(int);\n"
  "_Noreturn void _Exit(int);\n"
  "_Noreturn void abort(void);\n"
  "int atexit(void (*)(void));\n"
  "int abs(int);\n"
  "long labs(long);\n"
  "long long llabs(long long);\n"
  "div_t div(int, int);\n"
  "ldiv_t ldiv(long, long);\n"
  "lldiv_t lldiv(long long, long long);\n"
  "int atoi(const char *);\n"
  "long atol(const char *);\n"
  "long long atoll(const char *);\n"
  "double atof(const char *);\n"
  "long strtol(const char *restrict, char **restrict, int);\n"
  "long long strtoll(const char *restrict, char **restrict, int);\n"
  "unsigned long strtoul(const char *restrict, char **restrict, int);\n"
  "unsigned long long strtoull(const char *restrict, char **restrict, int);\n"
  "double strtod(const char *restrict, char **restrict);\n"
  "float strtof(const char *restrict, char **restrict);\n"
  "int rand(void);\n"
  "void srand(unsigned int);\n"
  "char *getenv(const char *);\n"
  "int system(const char *);\n"
  "void *aligned_alloc(unsigned long, unsigned long);\n"
  "void qsort(void *, unsigned long, unsigned long, int (*)(const void *, const void *));\n"
  "void *bsearch(const void *, const void *, unsigned long, unsigned long, int (*)(const void *, const void *));\n";

/* The row of arguments is made by the caller: c-lower-variadic.c. */
static const char stdarg_text[] =
  "typedef struct __argument_list { char *__next; } va_list[1];\n"
  "#define va_start(list, last) ((void) ((list)->__next = __arguments))\n"
  "#define va_arg(list, type) (*(type *) ((list)->__next += 8, (list)->__next - 8))\n"
  "#define va_copy(to, from) ((void) ((to)->__next = (from)->__next))\n"
  "#define va_end(list) ((void) (list))\n";

static const char stdio_text[] =
  SIZE_T
  NULL_POINTER
  "struct __argument_list;\n"
  "typedef struct __stream FILE;\n"
  "#define stdin ((FILE *) 0)\n#define stdout ((FILE *) 1)\n#define stderr ((FILE *) 2)\n"
  "#define EOF (-1)\n#define BUFSIZ 8192\n#define SEEK_SET 0\n#define SEEK_CUR 1\n#define SEEK_END 2\n"
  "#define FILENAME_MAX 4096\n#define _IOFBF 0\n#define _IOLBF 1\n#define _IONBF 2\n"
  "int printf(const char *restrict, ...);\n"
  "int fprintf(FILE *restrict, const char *restrict, ...);\n"
  "int sprintf(char *restrict, const char *restrict, ...);\n"
  "int snprintf(char *restrict, unsigned long, const char *restrict, ...);\n"
  "int vprintf(const char *restrict, struct __argument_list *);\n"
  "int vfprintf(FILE *restrict, const char *restrict, struct __argument_list *);\n"
  "int vsprintf(char *restrict, const char *restrict, struct __argument_list *);\n"
  "int vsnprintf(char *restrict, unsigned long, const char *restrict, struct __argument_list *);\n"
  "int scanf(const char *restrict, ...);\n"
  "int fscanf(FILE *restrict, const char *restrict, ...);\n"
  "int sscanf(const char *restrict, const char *restrict, ...);\n"
  "int puts(const char *);\n"
  "int fputs(const char *restrict, FILE *restrict);\n"
  "int putchar(int);\n"
  "int fputc(int, FILE *);\n"
  "int putc(int, FILE *);\n"
  "int getchar(void);\n"
  "int fgetc(FILE *);\n"
  "int getc(FILE *);\n"
  "int ungetc(int, FILE *);\n"
  "char *fgets(char *restrict, int, FILE *restrict);\n"
  "int fflush(FILE *);\n"
  "FILE *fopen(const char *restrict, const char *restrict);\n"
  "int fclose(FILE *);\n"
  "int feof(FILE *);\n"
  "int ferror(FILE *);\n"
  "unsigned long fread(void *restrict, unsigned long, unsigned long, FILE *restrict);\n"
  "unsigned long fwrite(const void *restrict, unsigned long, unsigned long, FILE *restrict);\n"
  "int fseek(FILE *, long, int);\n"
  "long ftell(FILE *);\n"
  "void rewind(FILE *);\n"
  "int setvbuf(FILE *restrict, char *restrict, int, unsigned long);\n"
  "void setbuf(FILE *restrict, char *restrict);\n"
  "void perror(const char *);\n"
  "int remove(const char *);\n"
  "int rename(const char *, const char *);\n"
  "FILE *tmpfile(void);\n";

static const char string_text[] =
  SIZE_T
  NULL_POINTER
  "unsigned long strlen(const char *);\n"
  "char *strcpy(char *restrict, const char *restrict);\n"
  "char *strncpy(char *restrict, const char *restrict, unsigned long);\n"
  "char *strcat(char *restrict, const char *restrict);\n"
  "char *strncat(char *restrict, const char *restrict, unsigned long);\n"
  "int strcmp(const char *, const char *);\n"
  "int strncmp(const char *, const char *, unsigned long);\n"
  "int strcoll(const char *, const char *);\n"
  "char *strchr(const char *, int);\n"
  "char *strrchr(const char *, int);\n"
  "char *strstr(const char *, const char *);\n"
  "unsigned long strspn(const char *, const char *);\n"
  "unsigned long strcspn(const char *, const char *);\n"
  "char *strpbrk(const char *, const char *);\n"
  "char *strtok(char *restrict, const char *restrict);\n"
  "char *strtok_r(char *restrict, const char *restrict, char **restrict);\n"
  "char *strdup(const char *);\n"
  "char *strndup(const char *, unsigned long);\n"
  "char *strerror(int);\n"
  "void *memcpy(void *restrict, const void *restrict, unsigned long);\n"
  "void *memmove(void *, const void *, unsigned long);\n"
  "void *memset(void *, int, unsigned long);\n"
  "int memcmp(const void *, const void *, unsigned long);\n"
  "void *memchr(const void *, int, unsigned long);\n";

static const char strings_text[] =
  SIZE_T
  "int strcasecmp(const char *, const char *);\n"
  "int strncasecmp(const char *, const char *, unsigned long);\n";

static const char ctype_text[] =
  "int isalnum(int);\nint isalpha(int);\nint isblank(int);\nint iscntrl(int);\nint isdigit(int);\n"
  "int isgraph(int);\nint islower(int);\nint isprint(int);\nint ispunct(int);\nint isspace(int);\n"
  "int isupper(int);\nint isxdigit(int);\nint tolower(int);\nint toupper(int);\n";

static const char math_text[] =
  "#define M_PI 3.14159265358979323846\n#define M_E 2.7182818284590452354\n#define M_SQRT2 1.41421356237309504880\n"
  "#define HUGE_VAL 1e999\n#define INFINITY 1e999F\n#define NAN (-(0.0F / 0.0F))\n"
  "#define isnan(x) ((x) != (x))\n#define isinf(x) ((x) == HUGE_VAL || (x) == -HUGE_VAL)\n"
  "#define isfinite(x) ((x) - (x) == 0)\n#define signbit(x) ((x) < 0)\n"
  "double rint(double);\ndouble expm1(double);\ndouble log1p(double);\ndouble fdim(double, double);\n"
  "double copysign(double, double);\nfloat tanf(float);\nfloat expf(float);\nfloat logf(float);\nfloat truncf(float);\n"
  "float fminf(float, float);\nfloat fmaxf(float, float);\nfloat hypotf(float, float);\nlong long llround(double);\n"
  "double sqrt(double);\ndouble fabs(double);\ndouble floor(double);\ndouble ceil(double);\ndouble round(double);\n"
  "double trunc(double);\ndouble fmod(double, double);\ndouble pow(double, double);\ndouble sin(double);\n"
  "double cos(double);\ndouble tan(double);\ndouble asin(double);\ndouble acos(double);\ndouble atan(double);\n"
  "double atan2(double, double);\ndouble sinh(double);\ndouble cosh(double);\ndouble tanh(double);\ndouble exp(double);\n"
  "double exp2(double);\ndouble log(double);\ndouble log2(double);\ndouble log10(double);\ndouble cbrt(double);\n"
  "double hypot(double, double);\ndouble fmin(double, double);\ndouble fmax(double, double);\n"
  "double modf(double, double *);\ndouble frexp(double, int *);\ndouble ldexp(double, int);\nlong lround(double);\n"
  "float sqrtf(float);\nfloat fabsf(float);\nfloat floorf(float);\nfloat ceilf(float);\nfloat roundf(float);\n"
  "float powf(float, float);\nfloat fmodf(float, float);\nfloat sinf(float);\nfloat cosf(float);\n";

static const Entry headers[] = {
  { "stddef.h",   stddef_text },
  { "stdint.h",   stdint_text },
  { "inttypes.h", inttypes_text },
  { "stdbool.h",  stdbool_text },
  { "limits.h",   limits_text },
  { "float.h",    float_text },
  { "assert.h",   assert_text },
  { "errno.h",    errno_text },
  { "stdlib.h",   stdlib_text },
  { "stdarg.h",   stdarg_text },
  { "stdio.h",    stdio_text },
  { "string.h",   string_text },
  { "strings.h",  strings_text },
  { "ctype.h",    ctype_text },
  { "math.h",     math_text },
};

static const char *const unsupported_headers[] = {
  "complex.h", "fenv.h", "iso646.h", "locale.h", "setjmp.h", "signal.h", "stdalign.h", "stdatomic.h",
  "stdnoreturn.h", "tgmath.h", "threads.h", "time.h", "uchar.h", "wchar.h", "wctype.h", "unistd.h", "pthread.h",
  "sys/types.h", "sys/stat.h", "sys/time.h", "sys/mman.h", "sys/wait.h", "sys/socket.h", "fcntl.h", "dirent.h", "malloc.h",
  "alloca.h", "getopt.h", "semaphore.h", "dlfcn.h", "poll.h", "regex.h", "search.h", "termios.h", "ctype_l.h",
};
/* clang-format on */

static const Entry *
find_header (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    if (strcmp (headers[i].name, name) == 0)
      return &headers[i];
  return NULL;
}

const char *
c_header_find (const char *name)
{
  const Entry *header = find_header (name);

  return header != NULL ? header->text : NULL;
}

gboolean
c_header_is_known (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (unsupported_headers); i++)
    if (strcmp (unsupported_headers[i], name) == 0)
      return TRUE;
  return FALSE;
}

guint
c_header_get_index (const char *name)
{
  return find_header (name) - headers;
}

/* prototype: (transfer full) (out) */
const char *
c_header_find_function (const char *function, char **prototype)
{
  g_autofree char *pattern = g_strconcat (function, "(", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      const char *at = headers[i].text;

      while ((at = strstr (at, pattern)) != NULL)
        {
          const char *begin = at, *end = strchr (at, '\n');

          while (begin > headers[i].text && begin[-1] != '\n')
            begin--;
          if (*begin != '#' && at > begin && (at[-1] == ' ' || at[-1] == '*'))
            {
              *prototype = g_strndup (begin, end - begin);
              return headers[i].name;
            }
          at = end;
        }
    }
  return NULL;
}
