/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reading numbers as the "C" locale's strtod, strtoll and strtoull do (C11 7.22.1.3, 7.22.1.4), from bytes that need no NUL
 * behind them. n_used: how many bytes were read, white space and sign included; 0 when there is no number. */

double number_parse_double (const char *text, gsize n_bytes, gsize *n_used);
gint64 number_parse_signed (const char *text, gsize n_bytes, guint base, gsize *n_used,
                            gboolean *is_out_of_range);
guint64 number_parse_unsigned (const char *text, gsize n_bytes, guint base, gsize *n_used,
                               gboolean *is_out_of_range);

G_END_DECLS
