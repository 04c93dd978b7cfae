/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "c-report.h"

G_BEGIN_DECLS

/* The values of number, character and string tokens (C11 6.4.4, 6.4.5). */

typedef struct
{
  gboolean is_floating;
  gboolean is_float;    /* suffix f */
  double value;         /* floating */
  guint64 bits;         /* integer */
  gboolean is_decimal;  /* not octal or hexadecimal: decides which types are tried */
  gboolean is_unsigned; /* suffix u; in #if also: too big for a signed type */
  guint n_long;         /* number of l's in the suffix */
} CNumber;

/* Each reports what is wrong; the value is then 0. */
gboolean c_number_read (CContext *context, const CToken *token, CNumber *number);
gint64 c_character_read (CContext *context, const CToken *token);
void c_string_append (CContext *context, const CToken *token, GString *bytes);

G_END_DECLS
