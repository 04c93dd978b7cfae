/* SPDX-License-Identifier: GPL-3.0-or-later */

/* printf's fields against glibc's printf in the "C" locale, byte for byte, whatever the locale of this process is. */

#define _GNU_SOURCE
#include "number/number-format.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_RANDOM 100000

typedef union
{
  gint64 integer;
  guint64 natural;
  double number;
  const char *text;
} Argument;

/* The format as printf spells it, its length modifier for 64 bits included. */
static void
spell_format (char *out, gsize size, const NumberFormat *format)
{
  char width[16] = "";
  char precision[16] = "";

  if (format->width >= 0)
    g_snprintf (width, sizeof width, "%d", format->width);
  if (format->precision >= 0)
    g_snprintf (precision, sizeof precision, ".%d", format->precision);
  g_snprintf (out, size, "%%%s%s%s%s%s%s%s%s%c", format->minus ? "-" : "", format->plus ? "+" : "",
              format->space ? " " : "", format->hash ? "#" : "", format->zero ? "0" : "", width,
              precision, strchr ("diuoxX", format->conversion) != NULL ? "ll" : "",
              format->conversion);
}

#pragma GCC diagnostic ignored "-Wformat-nonliteral"

/* What glibc's printf says in the "C" locale. (transfer full) */
static char *
print_with_libc (const char *spelled, const NumberFormat *format, Argument argument)
{
  locale_t c_locale = newlocale (LC_ALL_MASK, "C", (locale_t)0);
  locale_t old = uselocale (c_locale);
  char *text = NULL;
  int n;

  if (format->conversion == 's')
    n = asprintf (&text, spelled, argument.text);
  else if (format->conversion == 'c')
    n = asprintf (&text, spelled, argument.text[0]);
  else if (strchr ("diuoxX", format->conversion) != NULL)
    n = asprintf (&text, spelled, argument.natural);
  else
    n = asprintf (&text, spelled, argument.number);
  uselocale (old);
  freelocale (c_locale);
  g_assert_cmpint (n, >=, 0);
  return text;
}

static void
print_with_ours (GString *out, const NumberFormat *format, Argument argument)
{
  switch (format->conversion)
    {
    case 's':
      number_format_text (out, format, argument.text, strlen (argument.text));
      break;
    case 'c':
      number_format_text (out, format, argument.text, 1);
      break;
    case 'd':
    case 'i':
      number_format_signed (out, format, argument.integer);
      break;
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      number_format_unsigned (out, format, argument.natural);
      break;
    default:
      number_format_double (out, format, argument.number);
    }
}

/* glibc 2.36 drops the zeros of %#g where rounding carries from 999999.5 to 1.00000e+06: it says 1.e+06. C11 7.21.6.1 keeps
 * them, and so do we. */
static gboolean
is_glibc_slip (const NumberFormat *format, const char *libc)
{
  return format->hash && g_ascii_tolower (format->conversion) == 'g'
         && (strstr (libc, "1.e+") != NULL || strstr (libc, "1.E+") != NULL);
}

static void
compare (const NumberFormat *format, Argument argument)
{
  char spelled[64];
  g_autoptr (GString) ours = g_string_new (NULL);
  char *libc;

  spell_format (spelled, sizeof spelled, format);
  libc = print_with_libc (spelled, format, argument);
  print_with_ours (ours, format, argument);
  if (strcmp (ours->str, libc) != 0 && !is_glibc_slip (format, libc))
    g_error ("%s of %016" G_GINT64_MODIFIER "x (%g): glibc says <%s>, we say <%s>", spelled,
             argument.natural, argument.number, libc, ours->str);
  free (libc);
}

static gboolean
flip (GRand *random)
{
  return g_rand_int_range (random, 0, 3) == 0;
}

static guint64
pick_bits (GRand *random)
{
  return (guint64)g_rand_int (random) << 32 | g_rand_int (random);
}

static NumberFormat
pick_format (GRand *random, const char *conversions)
{
  return (NumberFormat){
    .minus = flip (random),
    .plus = flip (random),
    .space = flip (random),
    .hash = flip (random),
    .zero = flip (random),
    .width = g_rand_boolean (random) ? g_rand_int_range (random, 1, 50) : -1,
    .precision = g_rand_boolean (random) ? g_rand_int_range (random, 0, 41) : -1,
    .conversion = conversions[g_rand_int_range (random, 0, strlen (conversions))],
  };
}

/* Any bits; everyday numbers; halves and neighbours of powers, where rounding is decided. */
static double
pick_double (GRand *random)
{
  static const double special[] = { 0,
                                    1,
                                    0.5,
                                    1.5,
                                    2.5,
                                    0.1,
                                    9.995,
                                    999999.5,
                                    9.5,
                                    0.00001234,
                                    123456789,
                                    1e15,
                                    1e22,
                                    5e-324,
                                    2.2250738585072014e-308,
                                    1.7976931348623157e308,
                                    INFINITY,
                                    NAN };
  guint64 bits = pick_bits (random);
  double value;

  switch (g_rand_int_range (random, 0, 6))
    {
    case 0:
      memcpy (&value, &bits, sizeof value);
      return value;
    case 1:
      return g_rand_int_range (random, -1000, 1001);
    case 2:
      return g_rand_int_range (random, -100000, 100001) / 100.0;
    case 3:
      return ldexp (g_rand_int_range (random, 1, 4096), g_rand_int_range (random, -60, 60));
    case 4:
      value = pow (10, g_rand_int_range (random, -20, 21)) * g_rand_int_range (random, 1, 100);
      return g_rand_boolean (random) ? nextafter (value, 0) : value;
    default:
      value = special[g_rand_int_range (random, 0, G_N_ELEMENTS (special))];
      return g_rand_boolean (random) ? -value : value;
    }
}

static void
test_doubles (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20);

  for (guint i = 0; i < N_RANDOM; i++)
    {
      NumberFormat format = pick_format (random, "fFeEgGaA");
      Argument argument = { .number = pick_double (random) };

      compare (&format, argument);
    }
}

static void
test_integers (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (21);

  for (guint i = 0; i < N_RANDOM; i++)
    {
      NumberFormat format = pick_format (random, "diuoxX");
      Argument argument = { .natural = pick_bits (random) >> g_rand_int_range (random, 0, 64) };

      if (g_rand_int_range (random, 0, 10) == 0)
        argument.natural = 0;
      if (g_rand_boolean (random))
        argument.integer = (gint64)-argument.natural;
      compare (&format, argument);
    }
}

static void
test_texts (void)
{
  static const char *const texts[]
      = { "", "a", "Ada", "a longer text than most of the fields are wide", "é" };
  g_autoptr (GRand) random = g_rand_new_with_seed (22);

  for (guint i = 0; i < 10000; i++)
    {
      NumberFormat format = pick_format (random, "s");
      Argument argument = { .text = texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))] };

      compare (&format, argument);
      format.conversion = 'c';
      argument.text = "xyz";
      compare (&format, argument);
    }
}

/* Long fields and precisions far beyond the last digit. */
static void
test_long (void)
{
  static const double values[] = { 0, 1, 0.1, 5e-324, 1.7976931348623157e308 };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (const char *conversion = "fega"; *conversion != '\0'; conversion++)
      {
        NumberFormat format
            = { .hash = TRUE, .width = 3000, .precision = 1200, .conversion = *conversion };

        compare (&format, (Argument){ .number = values[i] });
      }
}

/* What glibc gets wrong. */
static void
test_carried_zeros (void)
{
  NumberFormat format = NUMBER_FORMAT_PLAIN ('g');
  g_autoptr (GString) out = g_string_new (NULL);

  format.hash = TRUE;
  number_format_double (out, &format, 999999.5);
  g_assert_cmpstr (out->str, ==, "1.00000e+06");
}

static void
test_nul_character (void)
{
  NumberFormat format = NUMBER_FORMAT_PLAIN ('c');
  g_autoptr (GString) out = g_string_new (NULL);

  format.width = 3;
  number_format_text (out, &format, "", 1);
  g_assert_cmpmem (out->str, out->len, "  ", 3);
}

static void
test_shortest_table (void)
{
  static const struct
  {
    double value;
    const char *text;
  } rows[] = {
    { 0, "0" },
    { -0.0, "-0" },
    { 1, "1" },
    { 0.1, "0.1" },
    { 1 / 3.0, "0.3333333333333333" },
    { 100, "100" },
    { 1e15, "1000000000000000" },
    { 9007199254740992, "9007199254740992" },
    { 1e16, "1e+16" },
    { 123e20, "1.23e+22" },
    { 1e23, "1e+23" },
    { 0.0001, "0.0001" },
    { 0.00001, "1e-05" },
    { -2.5e-7, "-2.5e-07" },
    { 5e-324, "5e-324" },
    { 1.7976931348623157e308, "1.7976931348623157e+308" },
    { 2.2250738585072014e-308, "2.2250738585072014e-308" },
    /* 2^-44: the nearest 16 digits do not read back, the next ones up do. */
    { 5.684341886080802e-14, "5.684341886080802e-14" },
    { INFINITY, "inf" },
    { -INFINITY, "-inf" },
    { NAN, "nan" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = number_shortest_double (rows[i].value);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
  {
    g_autofree char *text = number_shortest_float (0.1f);
    g_autofree char *large = number_shortest_float (3.4028235e38f);
    g_autofree char *small = number_shortest_float (1e-45f);

    g_assert_cmpstr (text, ==, "0.1");
    g_assert_cmpstr (large, ==, "3.4028235e+38");
    g_assert_cmpstr (small, ==, "1e-45");
  }
}

static guint
count_digits (const char *text)
{
  guint n = 0;
  guint n_zeros = 0;

  for (; *text != '\0' && *text != 'e'; text++)
    if (g_ascii_isdigit (*text) && (n > 0 || *text != '0'))
      {
        n++;
        n_zeros = *text == '0' ? n_zeros + 1 : 0;
      }
  return n - n_zeros;
}

/* The text reads back, and rounding to one digit less does not. */
static void
test_shortest_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (23);

  for (guint i = 0; i < N_RANDOM / 2; i++)
    {
      double value = pick_double (random);
      g_autofree char *text = NULL;
      char shorter[64];
      guint n;

      if (!isfinite (value))
        continue;
      text = number_shortest_double (value);
      g_assert_true (g_ascii_strtod (text, NULL) == value);
      n = count_digits (text);
      if (n < 2)
        continue;
      g_assert_cmpuint (n, <=, 17);
      {
        char spelled[16];
        g_snprintf (spelled, sizeof spelled, "%%.%ue", n - 2);
        g_ascii_formatd (shorter, sizeof shorter, spelled, value);
      }
      g_assert_false (g_ascii_strtod (shorter, NULL) == value);
    }
}

/* The locale of this run is the one that its environment asks for. */
static void
test_locale (void)
{
  g_autofree char *text = g_strdup_printf ("%g", 1.5);

  g_assert_cmpstr (text, ==, g_str_has_prefix (g_getenv ("LC_ALL"), "de_DE") ? "1,5" : "1.5");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number/format/locale", test_locale);
  g_test_add_func ("/number/format/doubles", test_doubles);
  g_test_add_func ("/number/format/integers", test_integers);
  g_test_add_func ("/number/format/texts", test_texts);
  g_test_add_func ("/number/format/long", test_long);
  g_test_add_func ("/number/format/carried-zeros", test_carried_zeros);
  g_test_add_func ("/number/format/nul-character", test_nul_character);
  g_test_add_func ("/number/format/shortest-table", test_shortest_table);
  g_test_add_func ("/number/format/shortest-random", test_shortest_random);
  return g_test_run ();
}
