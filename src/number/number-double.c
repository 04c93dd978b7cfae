/* SPDX-License-Identifier: GPL-3.0-or-later */

/* printf's e, f and g, and the shortest text of a double. The digits come from number-decimal.c, a in number-hexadecimal.c. */

#include "number-decimal.h"
#include "number-field.h"

#include <math.h>
#include <string.h>

#define DEFAULT_PRECISION 6

/* From here on the shortest text has an exponent, where all digits of a whole number would be shown otherwise. */
#define MAX_PLAIN_POINT 16
#define MIN_PLAIN_POINT -3

/* Digits number first to first + n of a decimal, zeros before its first and behind its last. */
static void
append_digits (GString *out, const NumberDecimal *decimal, gint first, gint n)
{
  for (gint64 i = first; i < (gint64)first + n; i++)
    g_string_append_c (out, i >= 0 && i < decimal->n_digits ? decimal->digits[i] : '0');
}

/* 123.450: n_fraction digits behind the point. */
static void
append_plain (GString *out, const NumberDecimal *decimal, gint n_fraction, gboolean hash)
{
  if (decimal->point > 0)
    append_digits (out, decimal, 0, decimal->point);
  else
    g_string_append_c (out, '0');
  if (n_fraction > 0 || hash)
    g_string_append_c (out, '.');
  append_digits (out, decimal, decimal->point, n_fraction);
}

/* 1.23450e+02: n_fraction digits behind the point. */
static void
append_scientific (GString *out, const NumberDecimal *decimal, gint n_fraction, gboolean hash,
                   char letter)
{
  gint exponent = decimal->point - 1;

  append_digits (out, decimal, 0, 1);
  if (n_fraction > 0 || hash)
    g_string_append_c (out, '.');
  append_digits (out, decimal, 1, n_fraction);
  g_string_append_printf (out, "%c%c%02d", letter, exponent < 0 ? '-' : '+', ABS (exponent));
}

/* g: whichever of the two is shorter, without zeros at the end unless hash wants them. */
static void
append_general (GString *out, NumberDecimal *decimal, gint precision, gboolean hash, char letter)
{
  gint n_digits = MAX (precision, 1);
  gint exponent;

  number_decimal_round (decimal, n_digits);
  exponent = decimal->point - 1;
  if (exponent < -4 || exponent >= n_digits)
    append_scientific (out, decimal, hash ? n_digits - 1 : MAX ((gint)decimal->n_digits - 1, 0),
                       hash, letter);
  else if (hash)
    append_plain (out, decimal, n_digits - 1 - exponent, TRUE);
  else
    append_plain (out, decimal, MAX ((gint)decimal->n_digits - decimal->point, 0), FALSE);
}

static void
append_finite (GString *body, const NumberFormat *format, double value)
{
  g_autoptr (NumberDecimal) decimal = number_decimal_new_exact (value);
  gint precision = format->precision < 0 ? DEFAULT_PRECISION : format->precision;
  gboolean is_capital = g_ascii_isupper (format->conversion);

  switch (format->conversion)
    {
    case 'f':
    case 'F':
      /* A sum beyond gint is far beyond the last digit. */
      number_decimal_round (decimal, MIN (precision, G_MAXINT / 2) + decimal->point);
      append_plain (body, decimal, precision, format->hash);
      break;
    case 'e':
    case 'E':
      number_decimal_round (decimal, MIN (precision, G_MAXINT / 2) + 1);
      append_scientific (body, decimal, precision, format->hash, is_capital ? 'E' : 'e');
      break;
    default:
      append_general (body, decimal, precision, format->hash, is_capital ? 'E' : 'e');
    }
}

/* A double for f, F, e, E, g, G, a and A, rounded to nearest, ties to even. */
void
number_format_double (GString *out, const NumberFormat *format, double value)
{
  const char *sign = number_field_get_sign (format, signbit (value));
  gboolean is_capital = g_ascii_isupper (format->conversion);
  g_autoptr (GString) body = g_string_new (NULL);

  if (!isfinite (value))
    {
      g_string_append (body,
                       isnan (value) ? (is_capital ? "NAN" : "nan") : (is_capital ? "INF" : "inf"));
      number_field_append (out, format, sign, body, FALSE);
    }
  else if (g_ascii_tolower (format->conversion) == 'a')
    number_field_append_hexadecimal (out, format, value);
  else
    {
      append_finite (body, format, value);
      number_field_append (out, format, sign, body, TRUE);
    }
}

static char *
write_shortest (double value, NumberDecimal *decimal)
{
  GString *out = g_string_new (signbit (value) ? "-" : "");

  if (decimal->point > MAX_PLAIN_POINT || decimal->point < MIN_PLAIN_POINT)
    append_scientific (out, decimal, (gint)decimal->n_digits - 1, FALSE, 'e');
  else
    append_plain (out, decimal, MAX ((gint)decimal->n_digits - decimal->point, 0), FALSE);
  number_decimal_free (decimal);
  return g_string_free (out, FALSE);
}

static char *
write_special (double value)
{
  if (isnan (value))
    return g_strdup ("nan");
  return g_strdup (value < 0 ? "-inf" : "inf");
}

/* The shortest text that reads back as the value, for pictures: 0.1, 100, -2.5e-07, 1e+16, inf, nan. (transfer full) */
char *
number_shortest_double (double value)
{
  return isfinite (value) ? write_shortest (value, number_decimal_new_shortest (value))
                          : write_special (value);
}

/* The same for a float. (transfer full) */
char *
number_shortest_float (float value)
{
  return isfinite (value) ? write_shortest (value, number_decimal_new_shortest_float (value))
                          : write_special (value);
}
