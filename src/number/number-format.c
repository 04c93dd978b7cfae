/* SPDX-License-Identifier: GPL-3.0-or-later */

/* printf's fields, whole numbers and texts; doubles stand in number-double.c. See number-format.h.
 *
 * Nothing here limits width and precision. Who passes a program's on must, or a short program fills the memory. */

#include "number-field.h"

#include <string.h>

/* What stands in front of a signed value: "-", "+", " " or nothing. */
const char *
number_field_get_sign (const NumberFormat *format, gboolean is_negative)
{
  if (is_negative)
    return "-";
  if (format->plus)
    return "+";
  return format->space ? " " : "";
}

static void
append_repeated (GString *out, char c, gssize n)
{
  gsize old = out->len;

  if (n <= 0)
    return;
  g_string_set_size (out, old + n);
  memset (out->str + old, c, n);
}

/* Appends prefix (sign, 0x) and body in a field of the format's width. */
void
number_field_append (GString *out, const NumberFormat *format, const char *prefix,
                     const GString *body, gboolean may_fill_with_zeros)
{
  gssize n_fill = (gssize)format->width - (gssize)(strlen (prefix) + body->len);
  gboolean with_zeros = format->zero && may_fill_with_zeros && !format->minus;

  if (!format->minus && !with_zeros)
    append_repeated (out, ' ', n_fill);
  g_string_append (out, prefix);
  if (with_zeros)
    append_repeated (out, '0', n_fill);
  g_string_append_len (out, body->str, body->len);
  if (format->minus)
    append_repeated (out, ' ', n_fill);
}

static guint
get_base (char conversion)
{
  switch (conversion)
    {
    case 'o':
      return 8;
    case 'x':
    case 'X':
      return 16;
    default:
      return 10;
    }
}

/* The value's digits, at least as many as the precision says. Zero has none when the precision is 0. (transfer full) */
static GString *
write_digits (const NumberFormat *format, guint64 value)
{
  const char *letters = format->conversion == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
  guint base = get_base (format->conversion);
  gint precision = format->precision < 0 ? 1 : format->precision;
  GString *body = g_string_new (NULL);
  char digits[24]; /* 22 octal digits are the most */
  char *p = digits + sizeof digits;

  for (; value > 0; value /= base)
    *--p = letters[value % base];
  append_repeated (body, '0', precision - (digits + sizeof digits - p));
  g_string_append_len (body, p, digits + sizeof digits - p);
  if (base == 8 && format->hash && body->str[0] != '0')
    g_string_prepend_c (body, '0');
  return body;
}

/* A whole number for d and i. */
void
number_format_signed (GString *out, const NumberFormat *format, gint64 value)
{
  guint64 magnitude = value < 0 ? -(guint64)value : (guint64)value;
  g_autoptr (GString) body = write_digits (format, magnitude);

  number_field_append (out, format, number_field_get_sign (format, value < 0), body,
                       format->precision < 0);
}

/* A whole number for u, o, x and X, of the argument's own width: -1 as an unsigned int is 0xffffffff. */
void
number_format_unsigned (GString *out, const NumberFormat *format, guint64 value)
{
  g_autoptr (GString) body = write_digits (format, value);
  const char *prefix = "";

  if (format->hash && value != 0 && get_base (format->conversion) == 16)
    prefix = format->conversion == 'X' ? "0X" : "0x";
  number_field_append (out, format, prefix, body, format->precision < 0);
}

/* Bytes for s, at most precision of them, and for c, where the precision says nothing. n_bytes is how many there are before the
 * NUL, as far as the precision makes the caller look. */
void
number_format_text (GString *out, const NumberFormat *format, const char *text, gsize n_bytes)
{
  g_autoptr (GString) body = NULL;

  if (format->conversion == 's' && format->precision >= 0)
    n_bytes = MIN (n_bytes, (gsize)format->precision);
  body = g_string_new_len (text, n_bytes);
  number_field_append (out, format, "", body, FALSE);
}
