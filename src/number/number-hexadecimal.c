/* SPDX-License-Identifier: GPL-3.0-or-later */

/* printf's a: a double as 0x1.8p+1, its own bits in hexadecimal digits (C11 7.21.6.1). As glibc writes it, the digit before the
 * point is 1, or 0 for a value too small for that, or 2 where rounding carries into it. */

#include "number-field.h"

#include <math.h>
#include <string.h>

#define MANTISSA_BITS 52
#define MANTISSA_DIGITS 13
#define EXPONENT_BIAS 1023

typedef struct
{
  guint64 mantissa; /* one digit before the point, MANTISSA_DIGITS behind it */
  gint exponent;    /* of two */
} Hexadecimal;

static Hexadecimal
split_bits (double value)
{
  guint64 bits;
  Hexadecimal split;
  gint exponent;

  memcpy (&bits, &value, sizeof bits);
  exponent = (bits >> MANTISSA_BITS) & 0x7ff;
  split.mantissa = bits & ((G_GUINT64_CONSTANT (1) << MANTISSA_BITS) - 1);
  split.exponent = exponent - EXPONENT_BIAS;
  if (exponent > 0)
    split.mantissa |= G_GUINT64_CONSTANT (1) << MANTISSA_BITS;
  else
    split.exponent = split.mantissa != 0 ? 1 - EXPONENT_BIAS : 0;
  return split;
}

/* Rounds to n_digits behind the point, to nearest, ties to even. */
static guint64
round_mantissa (guint64 mantissa, gint n_digits)
{
  guint n_dropped = 4 * (MANTISSA_DIGITS - n_digits);
  guint64 unit = G_GUINT64_CONSTANT (1) << n_dropped;
  guint64 rest = mantissa & (unit - 1);
  guint64 kept = mantissa - rest;

  if (rest > unit / 2 || (rest == unit / 2 && (kept & unit) != 0))
    kept += unit;
  return kept;
}

/* A field for a and A; value must be finite. */
void
number_field_append_hexadecimal (GString *out, const NumberFormat *format, double value)
{
  gboolean is_capital = format->conversion == 'A';
  const char *letters = is_capital ? "0123456789ABCDEF" : "0123456789abcdef";
  Hexadecimal split = split_bits (value);
  gint n_digits = format->precision;
  g_autofree char *prefix = NULL;
  g_autoptr (GString) body = g_string_new (NULL);

  if (n_digits >= 0 && n_digits < MANTISSA_DIGITS)
    split.mantissa = round_mantissa (split.mantissa, n_digits);
  if (n_digits < 0)
    for (n_digits = MANTISSA_DIGITS; n_digits > 0; n_digits--)
      if (((split.mantissa >> (4 * (MANTISSA_DIGITS - n_digits))) & 15) != 0)
        break;
  g_string_append_c (body, letters[split.mantissa >> MANTISSA_BITS]);
  if (n_digits > 0 || format->hash)
    g_string_append_c (body, '.');
  for (gint i = 1; i <= n_digits; i++)
    g_string_append_c (body, i <= MANTISSA_DIGITS
                                 ? letters[(split.mantissa >> (4 * (MANTISSA_DIGITS - i))) & 15]
                                 : '0');
  g_string_append_printf (body, "%c%+d", is_capital ? 'P' : 'p', split.exponent);
  prefix = g_strconcat (number_field_get_sign (format, signbit (value)), is_capital ? "0X" : "0x",
                        NULL);
  number_field_append (out, format, prefix, body, TRUE);
}
