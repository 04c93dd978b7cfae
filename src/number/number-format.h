/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One conversion of printf (C11 7.21.6.1) as data. The digits are the "C" locale's, whatever the process's locale is. Where the
 * standard leaves a choice, the bytes are those of glibc's printf. */
typedef struct
{
  /* Flags. */
  gboolean minus; /* -: to the left of its field */
  gboolean plus;  /* +: a sign always */
  gboolean space; /* a space in place of the plus */
  gboolean hash;  /* #: 0x, a leading 0, a decimal point always */
  gboolean zero;  /* 0: zeros in front, not spaces */

  gint width;      /* least number of bytes; -1: none */
  gint precision;  /* -1: none */
  char conversion; /* one of d i u o x X c s f F e E g G a A */
} NumberFormat;

/* "%d", "%s" and so on, with nothing between the two characters. */
#define NUMBER_FORMAT_PLAIN(letter)                                                                \
  ((NumberFormat){ .width = -1, .precision = -1, .conversion = letter })

void number_format_signed (GString *out, const NumberFormat *format, gint64 value);
void number_format_unsigned (GString *out, const NumberFormat *format, guint64 value);
void number_format_double (GString *out, const NumberFormat *format, double value);
void number_format_text (GString *out, const NumberFormat *format, const char *text, gsize n_bytes);

char *number_shortest_double (double value);
char *number_shortest_float (float value);

G_END_DECLS
