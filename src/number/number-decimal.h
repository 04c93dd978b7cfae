/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A double in decimal digits: 0.d₁d₂d₃… × 10^point. The first and the last digit are not 0; zero has no digits, and point 1. */
typedef struct
{
  char *digits; /* owned; '0' to '9', n of them */
  guint n_digits;
  gint point;
} NumberDecimal;

#define NUMBER_DOUBLE_BITS 53
#define NUMBER_DOUBLE_MIN_EXPONENT -1074

guint64 number_decimal_split (double value, gint n_bits, gint min_exponent, gint *exponent);
NumberDecimal *number_decimal_new_take (char *digits, gint point);
NumberDecimal *number_decimal_new_exact (double value);
NumberDecimal *number_decimal_new_shortest (double value);
NumberDecimal *number_decimal_new_shortest_float (float value);
void number_decimal_free (NumberDecimal *decimal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumberDecimal, number_decimal_free)

void number_decimal_round (NumberDecimal *decimal, gint n_digits);

G_END_DECLS
