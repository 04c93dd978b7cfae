/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fewest decimal digits that read back as the same double or float. See number-decimal.h.
 *
 * R. G. Burger, R. K. Dybvig: Printing Floating-Point Numbers Quickly and Accurately (PLDI 1996), with whole numbers of any
 * length. Digits are generated from the front until what is left lies within half a gap of the value: everything in there
 * reads back as the value. */

#include "number-decimal.h"

#include <gmp.h>
#include <math.h>

#define FLOAT_BITS 24
#define FLOAT_MIN_EXPONENT -149

/* No double has a longer shortest form; a float's is shorter. */
#define MAX_SHORTEST_DIGITS 17

/* The state of the algorithm: the rest of the value and the distances to the ends of the interval that reads
 * back as the value, all three over the same denominator. */
typedef struct
{
  mpz_t rest;
  mpz_t below; /* half the gap to the next smaller double */
  mpz_t above; /* half the gap to the next larger one */
  mpz_t denominator;
  gboolean ends_count; /* an end of the interval reads back as the value: reading rounds to even */
} Shortest;

static void
start_shortest (Shortest *state, guint64 mantissa, gint exponent, gint n_bits, gint min_exponent)
{
  /* Below a power of two the doubles stand twice as close. */
  gboolean is_lopsided
      = mantissa == G_GUINT64_CONSTANT (1) << (n_bits - 1) && exponent > min_exponent;
  guint doubling = is_lopsided ? 2 : 1;

  mpz_init_set_ui (state->rest, mantissa);
  mpz_init_set_ui (state->below, 1);
  mpz_init_set_ui (state->above, 1);
  mpz_init_set_ui (state->denominator, 1);
  mpz_mul_2exp (state->rest, state->rest, doubling + MAX (exponent, 0));
  mpz_mul_2exp (state->below, state->below, MAX (exponent, 0));
  mpz_mul_2exp (state->above, state->above, MAX (exponent, 0) + doubling - 1);
  mpz_mul_2exp (state->denominator, state->denominator, doubling + MAX (-exponent, 0));
  state->ends_count = mantissa % 2 == 0;
}

static void
clear_shortest (Shortest *state)
{
  mpz_clears (state->rest, state->below, state->above, state->denominator, NULL);
}

/* Whether rest + above reaches the denominator: the next digit up reads back as the value. */
static gboolean
reaches_up (const Shortest *state)
{
  mpz_t sum;
  gint order;

  mpz_init (sum);
  mpz_add (sum, state->rest, state->above);
  order = mpz_cmp (sum, state->denominator);
  mpz_clear (sum);
  return state->ends_count ? order >= 0 : order > 0;
}

/* Whether the digits so far read back as the value. */
static gboolean
reaches_down (const Shortest *state)
{
  gint order = mpz_cmp (state->rest, state->below);

  return state->ends_count ? order <= 0 : order < 0;
}

static void
multiply_by_ten (Shortest *state)
{
  mpz_mul_ui (state->rest, state->rest, 10);
  mpz_mul_ui (state->below, state->below, 10);
  mpz_mul_ui (state->above, state->above, 10);
}

/* Scales the state so that the first digit stands right behind the decimal point; returns where the point was. */
static gint
scale_shortest (Shortest *state, double value)
{
  gint point = (gint)ceil (log10 (value) - 1e-10);
  mpz_t power;

  mpz_init (power);
  mpz_ui_pow_ui (power, 10, ABS (point));
  if (point >= 0)
    mpz_mul (state->denominator, state->denominator, power);
  else
    {
      mpz_mul (state->rest, state->rest, power);
      mpz_mul (state->below, state->below, power);
      mpz_mul (state->above, state->above, power);
    }
  mpz_clear (power);
  /* The logarithm is rounded, so it can be one too small. */
  if (reaches_up (state))
    {
      mpz_mul_ui (state->denominator, state->denominator, 10);
      point++;
    }
  return point;
}

static char *
generate_digits (Shortest *state)
{
  GString *digits = g_string_sized_new (MAX_SHORTEST_DIGITS + 1);
  gboolean down, up;

  do
    {
      gulong digit;
      mpz_t quotient;

      multiply_by_ten (state);
      mpz_init (quotient);
      mpz_tdiv_qr (quotient, state->rest, state->rest, state->denominator);
      digit = mpz_get_ui (quotient);
      mpz_clear (quotient);
      down = reaches_down (state);
      up = reaches_up (state);
      if (down && up)
        {
          /* Both neighbours read back: take the nearer one, the even one of two that are as near. */
          gint order;

          mpz_mul_2exp (state->rest, state->rest, 1);
          order = mpz_cmp (state->rest, state->denominator);
          up = order > 0 || (order == 0 && digit % 2 == 1);
        }
      g_string_append_c (digits, '0' + digit + (up ? 1 : 0));
    }
  while (!down && !up);
  return g_string_free (digits, FALSE);
}

static NumberDecimal *
new_shortest (double value, gint n_bits, gint min_exponent)
{
  gint exponent, point;
  guint64 mantissa = number_decimal_split (value, n_bits, min_exponent, &exponent);
  Shortest state;
  char *digits;

  if (mantissa == 0)
    return number_decimal_new_take (g_strdup (""), 1);
  start_shortest (&state, mantissa, exponent, n_bits, min_exponent);
  point = scale_shortest (&state, value);
  digits = generate_digits (&state);
  clear_shortest (&state);
  return number_decimal_new_take (digits, point);
}

/* The fewest digits that read back as |value|, which must be finite, and of these the nearest to it: what Python's repr and
 * Rust's {} show. (transfer full) */
NumberDecimal *
number_decimal_new_shortest (double value)
{
  return new_shortest (fabs (value), NUMBER_DOUBLE_BITS, NUMBER_DOUBLE_MIN_EXPONENT);
}

/* The same for a float: 0.1f is 0.1, though as a double it is 0.10000000149011612. (transfer full) */
NumberDecimal *
number_decimal_new_shortest_float (float value)
{
  return new_shortest (fabs ((double)value), FLOAT_BITS, FLOAT_MIN_EXPONENT);
}
