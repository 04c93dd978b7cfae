/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "number-format.h"

G_BEGIN_DECLS

const char *number_field_get_sign (const NumberFormat *format, gboolean is_negative);
void number_field_append (GString *out, const NumberFormat *format, const char *prefix,
                          const GString *body, gboolean may_fill_with_zeros);
void number_field_append_hexadecimal (GString *out, const NumberFormat *format, double value);

G_END_DECLS
