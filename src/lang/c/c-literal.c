/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers, characters and strings: see c-literal.h. */

#include "c-literal.h"

#include <string.h>

static gboolean
report_number (CContext *context, const CToken *token, TextMessageId id)
{
  g_autofree char *spelling = g_strndup (token->text, token->length);

  c_report (context, token->span, "bad-number", text_message_new (id, "s", spelling));
  return FALSE;
}

/* Reads the suffix of an integer: u, l, ll in any order and case. */
static gboolean
read_suffix (const char *p, const char *end, CNumber *number)
{
  for (; p < end; p++)
    {
      if ((*p == 'u' || *p == 'U') && !number->is_unsigned)
        number->is_unsigned = TRUE;
      else if ((*p == 'l' || *p == 'L') && number->n_long == 0)
        {
          number->n_long = 1;
          if (p + 1 < end && p[1] == *p)
            {
              number->n_long = 2;
              p++;
            }
        }
      else
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_integer (CContext *context, const CToken *token, CNumber *number)
{
  const char *p = token->text, *end = p + token->length;
  guint base = 10;
  gboolean is_too_big = FALSE;

  if (p[0] == '0' && token->length > 1 && (p[1] == 'x' || p[1] == 'X'))
    base = 16;
  else if (p[0] == '0' && token->length > 1 && (p[1] == 'b' || p[1] == 'B'))
    base = 2;
  else if (p[0] == '0')
    base = 8;
  number->is_decimal = base == 10;
  if (base == 16 || base == 2)
    p += 2;
  if (p == end)
    return report_number (context, token, TEXT_C_BAD_NUMBER);
  for (; p < end && g_ascii_isxdigit (*p); p++)
    {
      guint digit = g_ascii_xdigit_value (*p);

      if (digit >= base)
        return report_number (context, token, base == 8 ? TEXT_C_BAD_OCTAL : TEXT_C_BAD_NUMBER);
      is_too_big |= number->bits > (G_MAXUINT64 - digit) / base;
      number->bits = number->bits * base + digit;
    }
  if (!read_suffix (p, end, number))
    return report_number (context, token, TEXT_C_BAD_NUMBER);
  if (is_too_big)
    c_warn (context, token->span, "too-big", text_message_new (TEXT_C_NUMBER_TOO_BIG, ""));
  return TRUE;
}

static gboolean
read_floating (CContext *context, const CToken *token, CNumber *number)
{
  g_autofree char *text = g_strndup (token->text, token->length);
  char *end;

  number->is_floating = TRUE;
  number->value = g_ascii_strtod (text, &end);
  if ((*end == 'f' || *end == 'F') && end[1] == '\0')
    {
      number->is_float = TRUE;
      number->value = (float)number->value;
      return TRUE;
    }
  if ((*end == 'l' || *end == 'L') && end[1] == '\0')
    {
      c_report_unsupported (context, token->span, "`long double`");
      return FALSE;
    }
  return *end == '\0' ? TRUE : report_number (context, token, TEXT_C_BAD_NUMBER);
}

gboolean
c_number_read (CContext *context, const CToken *token, CNumber *number)
{
  gboolean is_hexadecimal = token->length > 1 && (token->text[1] == 'x' || token->text[1] == 'X');

  *number = (CNumber){ FALSE };
  for (guint i = 0; i < token->length; i++)
    {
      char c = g_ascii_tolower (token->text[i]);

      if (c == '.' || (is_hexadecimal ? c == 'p' : c == 'e'))
        return read_floating (context, token, number);
    }
  return read_integer (context, token, number);
}

/* ---- characters and strings ---- */

typedef struct
{
  CContext *context;
  const CToken *token;
  const char *p;
  const char *end; /* the closing quote */
} Quoted;

static guint32
read_digits (Quoted *quoted, guint base, guint n_most)
{
  guint64 value = 0;
  guint n = 0;

  while (quoted->p < quoted->end && n < n_most && g_ascii_isxdigit (*quoted->p)
         && (guint)g_ascii_xdigit_value (*quoted->p) < base)
    {
      value = value * base + g_ascii_xdigit_value (*quoted->p);
      value = MIN (value, G_MAXUINT32);
      quoted->p++;
      n++;
    }
  if (value > 0xff && n_most != 4 && n_most != 8)
    c_warn (quoted->context, quoted->token->span, "too-big",
            text_message_new (TEXT_C_ESCAPE_TOO_BIG, ""));
  if (n == 0)
    c_report (quoted->context, quoted->token->span, "bad-escape",
              text_message_new (TEXT_C_ESCAPE_WITHOUT_DIGITS, ""));
  return value;
}

static void
append_character (GString *bytes, gunichar c)
{
  char utf8[6];

  g_string_append_len (bytes, utf8, g_unichar_to_utf8 (c, utf8));
}

/* What stands behind a backslash (C11 6.4.4.4). */
static void
read_escape (Quoted *quoted, GString *bytes)
{
  static const char letters[] = "abfnrtv\\'\"?e", values[] = "\a\b\f\n\r\t\v\\'\"?\033";
  char c = *quoted->p;
  const char *letter = memchr (letters, c, sizeof letters - 1);

  if (c >= '0' && c <= '7')
    {
      g_string_append_c (bytes, (char)read_digits (quoted, 8, 3));
      return;
    }
  quoted->p++;
  if (letter != NULL)
    g_string_append_c (bytes, values[letter - letters]);
  else if (c == 'x')
    g_string_append_c (bytes, (char)read_digits (quoted, 16, G_MAXUINT));
  else if (c == 'u' || c == 'U')
    append_character (bytes, read_digits (quoted, 16, c == 'u' ? 4 : 8) & 0x1fffff);
  else
    {
      char spelling[2] = { c, '\0' };

      c_warn (quoted->context, quoted->token->span, "bad-escape",
              text_message_new (TEXT_C_UNKNOWN_ESCAPE, "s", spelling));
      g_string_append_c (bytes, c);
    }
}

/* Appends the bytes between the quotes, escapes read. */
void
c_string_append (CContext *context, const CToken *token, GString *bytes)
{
  const char *start = token->text;
  char quote = token->kind == C_TOKEN_STRING ? '"' : '\'';
  Quoted quoted = { context, token, NULL, token->text + token->length - 1 };

  while (*start != quote)
    start++;
  for (quoted.p = start + 1; quoted.p < quoted.end;)
    {
      if (*quoted.p != '\\')
        g_string_append_c (bytes, *quoted.p++);
      else if (quoted.p[1] == '\n')
        quoted.p += 2;
      else if (quoted.p[1] == '\r' && quoted.p[2] == '\n')
        quoted.p += 3;
      else
        {
          quoted.p++;
          read_escape (&quoted, bytes);
        }
    }
}

/* The value of a character constant; of several characters as gcc reads them. */
gint64
c_character_read (CContext *context, const CToken *token)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  guint32 value = 0;

  c_string_append (context, token, bytes);
  if (bytes->len == 0)
    {
      c_report (context, token->span, "empty-character",
                text_message_new (TEXT_C_EMPTY_CHARACTER, ""));
      return 0;
    }
  if (bytes->len == 1)
    return (signed char)bytes->str[0];
  c_warn (context, token->span, "long-character", text_message_new (TEXT_C_LONG_CHARACTER, ""));
  for (gsize i = 0; i < bytes->len; i++)
    value = value << 8 | (guchar)bytes->str[i];
  return (gint32)value;
}
