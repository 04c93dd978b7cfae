/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading numbers: see number-parse.h. */

#include "number-parse.h"

#include <string.h>

/* The bytes of one number; at end the next byte reads as NUL. */
typedef struct
{
  const char *begin;
  const char *end;
} Bytes;

static char
get_byte (const Bytes *bytes, const char *p)
{
  return p < bytes->end ? *p : '\0';
}

/* isspace in the "C" locale: g_ascii_isspace leaves the vertical tab out. */
static const char *
skip_space (const Bytes *bytes, const char *p)
{
  while (p < bytes->end && (g_ascii_isspace (*p) || *p == '\v'))
    p++;
  return p;
}

static const char *
skip_sign (const Bytes *bytes, const char *p)
{
  return get_byte (bytes, p) == '+' || get_byte (bytes, p) == '-' ? p + 1 : p;
}

/* Behind a word in small or capital letters, NULL when it does not stand there. */
static const char *
skip_word (const Bytes *bytes, const char *p, const char *word)
{
  gsize n = strlen (word);

  if ((gsize)(bytes->end - p) < n || g_ascii_strncasecmp (p, word, n) != 0)
    return NULL;
  return p + n;
}

/* Doubles. */

static gboolean
is_digit (char c, gboolean is_hexadecimal)
{
  return is_hexadecimal ? g_ascii_isxdigit (c) : g_ascii_isdigit (c);
}

/* Behind inf, infinity, nan or nan(letters, digits, underscores); NULL when none stands there. */
static const char *
skip_special (const Bytes *bytes, const char *p)
{
  const char *end = skip_word (bytes, p, "nan");
  const char *close;

  if (end == NULL)
    {
      end = skip_word (bytes, p, "infinity");
      return end != NULL ? end : skip_word (bytes, p, "inf");
    }
  if (get_byte (bytes, end) != '(')
    return end;
  for (close = end + 1;
       g_ascii_isalnum (get_byte (bytes, close)) || get_byte (bytes, close) == '_';)
    close++;
  return get_byte (bytes, close) == ')' ? close + 1 : end;
}

/* Behind an exponent; p when there is none, or no digits behind its letter. */
static const char *
skip_exponent (const Bytes *bytes, const char *p, char letter)
{
  const char *digits;
  const char *end;

  if (g_ascii_tolower (get_byte (bytes, p)) != letter)
    return p;
  digits = skip_sign (bytes, p + 1);
  for (end = digits; g_ascii_isdigit (get_byte (bytes, end));)
    end++;
  return end > digits ? end : p;
}

/* Behind digits with at most one point and perhaps an exponent; NULL when there is no digit. */
static const char *
skip_digits (const Bytes *bytes, const char *p, gboolean is_hexadecimal)
{
  gboolean has_digits = FALSE;
  gboolean has_point = FALSE;

  while (is_digit (get_byte (bytes, p), is_hexadecimal)
         || (get_byte (bytes, p) == '.' && !has_point))
    {
      if (*p == '.')
        has_point = TRUE;
      else
        has_digits = TRUE;
      p++;
    }
  return has_digits ? skip_exponent (bytes, p, is_hexadecimal ? 'p' : 'e') : NULL;
}

/* Behind the longest double that begins at p, NULL when none does. */
static const char *
skip_double (const Bytes *bytes, const char *p)
{
  const char *end = NULL;

  p = skip_sign (bytes, skip_space (bytes, p));
  if (get_byte (bytes, p) == '0' && g_ascii_tolower (get_byte (bytes, p + 1)) == 'x')
    end = skip_digits (bytes, p + 2, TRUE);
  if (end == NULL)
    end = skip_special (bytes, p);
  return end != NULL ? end : skip_digits (bytes, p, FALSE);
}

/* strtod: the double nearest to what is written, ties to even; an infinity where that is too large. */
double
number_parse_double (const char *text, gsize n_bytes, gsize *n_used)
{
  Bytes bytes = { text, text + n_bytes };
  const char *end = skip_double (&bytes, text);
  g_autofree char *number = NULL;

  *n_used = end != NULL ? (gsize)(end - text) : 0;
  if (end == NULL)
    return 0;
  /* g_ascii_strtod rounds correctly and knows no locale. It skips less white space than strtod. */
  number = g_strndup (skip_space (&bytes, text), end - skip_space (&bytes, text));
  return g_ascii_strtod (number, NULL);
}

/* Whole numbers. */

typedef struct
{
  guint64 magnitude;
  gboolean is_negative;
  gboolean is_too_large; /* for magnitude, which is then the largest */
} Whole;

static guint
get_digit (char c)
{
  if (g_ascii_isdigit (c))
    return c - '0';
  return g_ascii_isalpha (c) ? (guint)(g_ascii_tolower (c) - 'a') + 10 : G_MAXUINT;
}

/* Skips 0x where the base allows it and a digit follows; chooses the base when it is 0. */
static const char *
skip_base (const Bytes *bytes, const char *p, guint *base)
{
  gboolean is_octal = get_byte (bytes, p) == '0';

  if ((*base == 0 || *base == 16) && is_octal && g_ascii_tolower (get_byte (bytes, p + 1)) == 'x'
      && g_ascii_isxdigit (get_byte (bytes, p + 2)))
    {
      *base = 16;
      return p + 2;
    }
  if (*base == 0)
    *base = is_octal ? 8 : 10;
  return p;
}

static Whole
read_whole (const Bytes *bytes, guint base, gsize *n_used)
{
  const char *sign = skip_space (bytes, bytes->begin);
  const char *digits = skip_base (bytes, skip_sign (bytes, sign), &base);
  const char *p = digits;
  Whole whole = { 0, get_byte (bytes, sign) == '-', FALSE };

  for (; get_digit (get_byte (bytes, p)) < base; p++)
    {
      guint digit = get_digit (*p);

      if (whole.magnitude > (G_MAXUINT64 - digit) / base)
        whole.is_too_large = TRUE;
      whole.magnitude = whole.is_too_large ? G_MAXUINT64 : whole.magnitude * base + digit;
    }
  *n_used = p > digits ? (gsize)(p - bytes->begin) : 0;
  return whole;
}

/* strtoll: base 0 (as in C: 0x10, 010, 10) or 2 to 36. Out of range it is the nearest gint64. */
gint64
number_parse_signed (const char *text, gsize n_bytes, guint base, gsize *n_used,
                     gboolean *is_out_of_range)
{
  Bytes bytes = { text, text + n_bytes };
  Whole whole = read_whole (&bytes, base, n_used);
  guint64 limit = (guint64)G_MAXINT64 + (whole.is_negative ? 1 : 0);

  *is_out_of_range = whole.magnitude > limit;
  if (*is_out_of_range)
    return whole.is_negative ? G_MININT64 : G_MAXINT64;
  return whole.is_negative ? (gint64)-whole.magnitude : (gint64)whole.magnitude;
}

/* strtoull: the same for unsigned numbers, where a minus counts down from 2^64. Out of range it is the largest guint64. */
guint64
number_parse_unsigned (const char *text, gsize n_bytes, guint base, gsize *n_used,
                       gboolean *is_out_of_range)
{
  Bytes bytes = { text, text + n_bytes };
  Whole whole = read_whole (&bytes, base, n_used);

  *is_out_of_range = whole.is_too_large;
  if (*is_out_of_range)
    return G_MAXUINT64;
  return whole.is_negative ? -whole.magnitude : whole.magnitude;
}
