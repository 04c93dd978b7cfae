/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading numbers against glibc's strtod, strtoll and strtoull in the "C" locale, whatever the locale of this process is. */

#include "number/number-parse.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N_RANDOM 100000

static const char *const doubles[] = {
  "0",
  "-0",
  "1",
  "1.5",
  "1,5",
  ".5",
  "5.",
  ".",
  "",
  " ",
  "+",
  "-",
  "+-1",
  "- 1",
  " \t\n\v\f\r-2.5e3x",
  "1e",
  "1e+",
  "1e5",
  "1E-5",
  "1e5.5",
  "1.2.3",
  "0x",
  "0x.",
  "0xg",
  "0x1",
  "0x1.8",
  "0x.8p1",
  "0x1p",
  "0x1p+",
  "0X1P-3z",
  "inf",
  "INF",
  "infinit",
  "infinity",
  "-Infinity!",
  "nan",
  "NaN(",
  "nan()",
  "nan(1_a)",
  "nan(-)",
  "-nan",
  "na",
  "1e400",
  "-1e400",
  "1e-400",
  "5e-324",
  "2.4703282292062327e-324",
  "2.4703282292062328e-324",
  "1.7976931348623158e308",
  "1.7976931348623159e308",
  "9007199254740993",
  "9007199254740992.99999999999999999999999999999999",
  "123456789012345678901234567890",
  "0.1e1000000000000",
  "1e99999999999999999999",
  "1_000",
  "1'000",
  "0b1",
  "00012",
  "0e5",
};

static const char *const integers[] = {
  "0",
  "-0",
  "1",
  "+1",
  "-1",
  "",
  " ",
  "+",
  "-",
  "+-1",
  " \t\n\v\f\r42x",
  "0x",
  "0x10",
  "0X1f",
  "0xg",
  "-0x10",
  "010",
  "08",
  "0",
  "z",
  "Zz",
  "10",
  "1_0",
  "9223372036854775807",
  "9223372036854775808",
  "-9223372036854775808",
  "-9223372036854775809",
  "18446744073709551615",
  "18446744073709551616",
  "-18446744073709551615",
  "-18446744073709551616",
  "99999999999999999999999999999999",
  "0b101",
  "1.5",
  "0x0x1",
  "- 1",
  "7fffffffffffffff",
  "1777777777777777777777",
};

static locale_t
use_c_locale (locale_t *old)
{
  locale_t c_locale = newlocale (LC_ALL_MASK, "C", (locale_t)0);

  *old = uselocale (c_locale);
  return c_locale;
}

static void
compare_double (const char *text)
{
  locale_t old;
  locale_t c_locale = use_c_locale (&old);
  char *end;
  double theirs = strtod (text, &end);
  double ours;
  gsize n_used;

  uselocale (old);
  freelocale (c_locale);
  ours = number_parse_double (text, strlen (text), &n_used);
  if (n_used != (gsize)(end - text)
      || !(isnan (theirs) ? isnan (ours) : memcmp (&theirs, &ours, sizeof ours) == 0))
    g_error ("<%s>: glibc reads %a from %u bytes, we read %a from %u", text, theirs,
             (guint)(end - text), ours, (guint)n_used);
}

static void
compare_integer (const char *text, guint base)
{
  char *end;
  gsize n_used, n_used_unsigned;
  gboolean is_out, is_out_unsigned;
  gint64 ours = number_parse_signed (text, strlen (text), base, &n_used, &is_out);
  guint64 ours_unsigned
      = number_parse_unsigned (text, strlen (text), base, &n_used_unsigned, &is_out_unsigned);
  gint64 theirs;
  guint64 theirs_unsigned;

  errno = 0;
  theirs = strtoll (text, &end, base);
  if (ours != theirs || is_out != (errno == ERANGE) || n_used != (gsize)(end - text))
    g_error ("<%s> to base %u, signed", text, base);
  errno = 0;
  theirs_unsigned = strtoull (text, &end, base);
  if (ours_unsigned != theirs_unsigned || is_out_unsigned != (errno == ERANGE)
      || n_used_unsigned != (gsize)(end - text))
    g_error ("<%s> to base %u, unsigned", text, base);
}

static void
test_doubles (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (doubles); i++)
    compare_double (doubles[i]);
}

static void
test_integers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (integers); i++)
    for (guint base = 0; base <= 36; base++)
      if (base != 1)
        compare_integer (integers[i], base);
}

/* Short texts of the letters that numbers are made of. */
static void
pick_text (GRand *random, const char *letters, char *text, guint size)
{
  guint n = g_rand_int_range (random, 1, size);

  for (guint i = 0; i < n; i++)
    text[i] = letters[g_rand_int_range (random, 0, strlen (letters))];
  text[n] = '\0';
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (24);
  char text[24];

  for (guint i = 0; i < N_RANDOM; i++)
    {
      pick_text (random, "00123456789.....eE+-xXpPinfa ", text, sizeof text);
      compare_double (text);
      pick_text (random, "0123456789.e-", text, sizeof text);
      compare_double (text);
      pick_text (random, "00123456789abfxX+- ", text, sizeof text);
      compare_integer (text, i % 37 == 1 ? 0 : i % 37);
    }
}

/* Only the bytes that are given are looked at. */
static void
test_bounds (void)
{
  gsize n_used;
  gboolean is_out;

  g_assert_true (number_parse_double ("1.5e3", 3, &n_used) == 1.5);
  g_assert_cmpuint (n_used, ==, 3);
  g_assert_true (number_parse_double ("1.5e3", 4, &n_used) == 1.5);
  g_assert_cmpuint (n_used, ==, 3);
  g_assert_true (number_parse_double ("infinity", 5, &n_used) == INFINITY);
  g_assert_cmpuint (n_used, ==, 3);
  g_assert_cmpint (number_parse_signed ("0x10", 3, 0, &n_used, &is_out), ==, 1);
  g_assert_cmpint (number_parse_signed ("0x10", 2, 0, &n_used, &is_out), ==, 0);
  g_assert_cmpuint (n_used, ==, 1);
  g_assert_cmpint (number_parse_signed ("12", 0, 10, &n_used, &is_out), ==, 0);
  g_assert_cmpuint (n_used, ==, 0);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number/parse/doubles", test_doubles);
  g_test_add_func ("/number/parse/integers", test_integers);
  g_test_add_func ("/number/parse/random", test_random);
  g_test_add_func ("/number/parse/bounds", test_bounds);
  return g_test_run ();
}
