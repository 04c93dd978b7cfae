/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The decimal digits of doubles, all of them, and rounding. See number-decimal.h.
 *
 * Every double is a whole number times a power of two, so its decimal digits end: at most 767 of them. Whole numbers of any
 * length (GMP) make that a plain calculation, with no rounding until the caller rounds. */

#include "number-decimal.h"

#include <gmp.h>
#include <math.h>
#include <string.h>

/* A decimal of these digits: 0.digits × 10^point. The first digit is not 0; zeros at the end go. digits: (transfer full).
 * Returns (transfer full). */
NumberDecimal *
number_decimal_new_take (char *digits, gint point)
{
  NumberDecimal *decimal = g_new0 (NumberDecimal, 1);
  gsize n = strlen (digits);

  while (n > 0 && digits[n - 1] == '0')
    n--;
  digits[n] = '\0';
  decimal->digits = digits;
  decimal->n_digits = n;
  decimal->point = n > 0 ? point : 1;
  return decimal;
}

/* A finite value, not negative, as mantissa × 2^exponent: the mantissa has all of its bits unless the value is too small. */
guint64
number_decimal_split (double value, gint n_bits, gint min_exponent, gint *exponent)
{
  double fraction = frexp (value, exponent);

  *exponent -= n_bits;
  if (*exponent < min_exponent)
    {
      fraction = ldexp (fraction, *exponent - min_exponent);
      *exponent = min_exponent;
    }
  return (guint64)ldexp (fraction, n_bits);
}

/* All digits of |value|, which must be finite. (transfer full) */
NumberDecimal *
number_decimal_new_exact (double value)
{
  gint exponent;
  guint64 mantissa = number_decimal_split (fabs (value), NUMBER_DOUBLE_BITS,
                                           NUMBER_DOUBLE_MIN_EXPONENT, &exponent);
  char *digits;
  gint n_fraction = 0;
  mpz_t number;

  if (mantissa == 0)
    return number_decimal_new_take (g_strdup (""), 1);
  /* Fewer factors of two make shorter numbers below. */
  while (mantissa % 2 == 0)
    {
      mantissa /= 2;
      exponent++;
    }
  mpz_init_set_ui (number, mantissa);
  if (exponent >= 0)
    mpz_mul_2exp (number, number, exponent);
  else
    {
      /* m / 2^k = m × 5^k / 10^k */
      mpz_t power;

      n_fraction = -exponent;
      mpz_init (power);
      mpz_ui_pow_ui (power, 5, n_fraction);
      mpz_mul (number, number, power);
      mpz_clear (power);
    }
  digits = g_malloc (mpz_sizeinbase (number, 10) + 2);
  mpz_get_str (digits, 10, number);
  mpz_clear (number);
  return number_decimal_new_take (digits, (gint)strlen (digits) - n_fraction);
}

void
number_decimal_free (NumberDecimal *decimal)
{
  g_free (decimal->digits);
  g_free (decimal);
}

/* Whether rounding to the first n digits goes up: to nearest, a tie to even (IEEE 754, the mode that C starts in). */
static gboolean
rounds_up (const NumberDecimal *decimal, guint n)
{
  char next = decimal->digits[n];

  if (next != '5' || decimal->n_digits > n + 1)
    return next >= '5';
  return n > 0 && (decimal->digits[n - 1] - '0') % 2 == 1;
}

/* Rounds to the first n_digits digits. With 0 or fewer there is at most one digit left: 0.7 rounds to 1 with 0, to 0 with -1. */
void
number_decimal_round (NumberDecimal *decimal, gint n_digits)
{
  gboolean up;
  guint n;

  if (n_digits >= (gint)decimal->n_digits)
    return;
  n = MAX (n_digits, 0);
  up = n_digits >= 0 && rounds_up (decimal, n);
  /* Nines carry. */
  while (up && n > 0 && decimal->digits[n - 1] == '9')
    n--;
  if (up && n > 0)
    decimal->digits[n - 1]++;
  else if (up)
    {
      decimal->digits[n++] = '1';
      decimal->point++;
    }
  while (n > 0 && decimal->digits[n - 1] == '0')
    n--;
  decimal->digits[n] = '\0';
  decimal->n_digits = n;
  if (n == 0)
    decimal->point = 1;
}
