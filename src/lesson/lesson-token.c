/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of JSON (RFC 8259, sections 2, 6 and 7), and what people write instead of them: see lesson-token.h.
 *
 * Each slip gets its own sentence, since "unexpected token" helps nobody who writes lessons rather than programs. */

#include "lesson-token.h"

#include "lesson-report.h"

#include <math.h>
#include <string.h>

/* Every double holds each whole number up to here. Other readers of JSON have no more. */
#define MAX_INTEGER (G_GINT64_CONSTANT (1) << 53)

/* What people write instead of a number. */
typedef struct
{
  TextMessageId sentence;
  TextMessageId help;
} Trouble;

static const Trouble leading_plus = { TEXT_LESSON_LEADING_PLUS, TEXT_LESSON_HELP_PLUS };
static const Trouble leading_zero = { TEXT_LESSON_LEADING_ZERO, TEXT_LESSON_HELP_ZERO };
static const Trouble hexadecimal = { TEXT_LESSON_HEXADECIMAL, TEXT_LESSON_HELP_DECIMAL };
static const Trouble bare_point = { TEXT_LESSON_BARE_POINT, TEXT_LESSON_HELP_POINT };
static const Trouble bare_minus = { TEXT_LESSON_BARE_MINUS, TEXT_LESSON_HELP_DIGITS };
static const Trouble bare_exponent = { TEXT_LESSON_BARE_EXPONENT, TEXT_LESSON_HELP_DIGITS };

static TextSpan
span_of (const LessonTokens *tokens, const char *begin, const char *end)
{
  return (TextSpan){ tokens->base + (begin - tokens->text), tokens->base + (end - tokens->text) };
}

/* Reports trouble from begin to end, with a sentence and a help that have no arguments. */
static LessonToken
report_trouble (LessonTokens *tokens, const char *begin, const char *end, TextMessageId sentence,
                TextMessageId help)
{
  TextSpan span = span_of (tokens, begin, end);

  lesson_report (tokens->diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_JSON, span,
                 text_message_new (sentence, ""), text_message_new (help, ""));
  return (LessonToken){ LESSON_TOKEN_TROUBLE, span };
}

static LessonToken
take_token (LessonTokens *tokens, LessonTokenKind kind, const char *begin, const char *end)
{
  tokens->at = end;
  return (LessonToken){ kind, span_of (tokens, begin, end) };
}

/* Strings. */

static LessonToken
report_cut_string (LessonTokens *tokens, const char *begin)
{
  TextSpan end = span_of (tokens, tokens->end, tokens->end);
  TextDiagnostic *diagnostic
      = lesson_report (tokens->diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_JSON, end,
                       text_message_new (TEXT_LESSON_CUT_IN_TEXT, ""),
                       text_message_new (TEXT_LESSON_HELP_CUT, "s", "\""));

  text_diagnostic_add_label (diagnostic, span_of (tokens, begin, begin + 1),
                             text_message_new (TEXT_LESSON_BEGUN_HERE, ""));
  return (LessonToken){ LESSON_TOKEN_TROUBLE, end };
}

/* Whether the file ends inside the escape at p. */
static gboolean
is_cut_escape (const LessonTokens *tokens, const char *p)
{
  if (p + 1 == tokens->end)
    return TRUE;
  if (p[1] != 'u' || tokens->end - p >= 6)
    return FALSE;
  for (p += 2; p < tokens->end; p++)
    if (!g_ascii_isxdigit (*p))
      return FALSE;
  return TRUE;
}

/* The four digits at p as a number, -1 when they are not there. */
static gint
read_four_digits (const LessonTokens *tokens, const char *p)
{
  gint value = 0;

  for (gint i = 0; i < 4; i++)
    {
      if (p + i >= tokens->end || !g_ascii_isxdigit (p[i]))
        return -1;
      value = value * 16 + g_ascii_xdigit_value (p[i]);
    }
  return value;
}

/* \uXXXX at p, or two of them that make up one character (section 7). Returns the byte behind, NULL after a report. */
static const char *
read_unicode_escape (LessonTokens *tokens, const char *p)
{
  gint unit = read_four_digits (tokens, p + 2);
  gint low;

  if (unit < 0)
    {
      report_trouble (tokens, p, p + 2, TEXT_LESSON_SHORT_ESCAPE, TEXT_LESSON_HELP_SHORT_ESCAPE);
      return NULL;
    }
  if (unit == 0)
    {
      report_trouble (tokens, p, p + 6, TEXT_LESSON_NUL_ESCAPE, TEXT_LESSON_HELP_DELETE);
      return NULL;
    }
  if (unit < 0xd800 || unit > 0xdfff)
    {
      g_string_append_unichar (tokens->string, unit);
      return p + 6;
    }
  low = p + 7 < tokens->end && p[6] == '\\' && p[7] == 'u' ? read_four_digits (tokens, p + 8) : -1;
  if (unit >= 0xdc00 || low < 0xdc00 || low > 0xdfff)
    {
      report_trouble (tokens, p, p + 6, TEXT_LESSON_HALF_PAIR, TEXT_LESSON_HELP_HALF_PAIR);
      return NULL;
    }
  g_string_append_unichar (tokens->string, 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
  return p + 12;
}

/* The escape at p, which is no \u. Returns the byte behind, NULL after a report. */
static const char *
read_short_escape (LessonTokens *tokens, const char *p)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *known = strchr (letters, p[1]);
  const char *end = p + 1 + g_utf8_skip[(guchar)p[1]];
  g_autofree char *shown = NULL;

  if (known != NULL)
    {
      g_string_append_c (tokens->string, meanings[known - letters]);
      return p + 2;
    }
  /* A backslash at the end of a line escapes nothing that could be shown. */
  shown = g_ascii_iscntrl (p[1]) ? g_strdup ("\\") : g_strndup (p, end - p);
  lesson_report (tokens->diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_JSON,
                 span_of (tokens, p, p + strlen (shown)),
                 text_message_new (TEXT_LESSON_BAD_ESCAPE, "s", shown),
                 text_message_new (TEXT_LESSON_HELP_ESCAPE, ""));
  return NULL;
}

static LessonToken
read_string (LessonTokens *tokens, const char *begin)
{
  const LessonToken trouble = { LESSON_TOKEN_TROUBLE, TEXT_NO_SPAN };
  const char *p = begin + 1;

  g_string_truncate (tokens->string, 0);
  while (p < tokens->end && *p != '"')
    {
      if (*p == '\n' || *p == '\r')
        return report_trouble (tokens, begin, p, TEXT_LESSON_NEWLINE_IN_TEXT,
                               TEXT_LESSON_HELP_NEWLINE);
      if ((guchar)*p < 0x20)
        return report_trouble (tokens, p, p + 1, TEXT_LESSON_CONTROL_IN_TEXT,
                               TEXT_LESSON_HELP_CONTROL);
      if (*p != '\\')
        g_string_append_c (tokens->string, *p++);
      else if (is_cut_escape (tokens, p))
        return report_cut_string (tokens, begin);
      else
        {
          p = p[1] == 'u' ? read_unicode_escape (tokens, p) : read_short_escape (tokens, p);
          if (p == NULL)
            return trouble;
        }
    }
  if (p == tokens->end)
    return report_cut_string (tokens, begin);
  return take_token (tokens, LESSON_TOKEN_STRING, begin, p + 1);
}

/* Numbers: [ minus ] int [ frac ] [ exp ] (section 6). */

static const char *
skip_digits (const LessonTokens *tokens, const char *p)
{
  while (p < tokens->end && g_ascii_isdigit (*p))
    p++;
  return p;
}

static gboolean
is_word_byte (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '$' || c == '-' || c == '+' || c == '.'
         || (guchar)c >= 0x80;
}

static const char *
skip_word (const LessonTokens *tokens, const char *p)
{
  while (p < tokens->end && is_word_byte (*p))
    p++;
  return p;
}

static gboolean
is_beyond_integers (const char *begin, const char *end)
{
  const char *digits = *begin == '-' ? begin + 1 : begin;
  gint64 value = 0;

  if (end - digits > 16)
    return TRUE;
  for (const char *p = digits; p < end; p++)
    value = value * 10 + (*p - '0');
  return value > MAX_INTEGER;
}

/* What is wrong with the form of a number, or NULL; *end is set behind its last byte. */
static const Trouble *
find_number_trouble (const LessonTokens *tokens, const char *begin, const char **end)
{
  const char *digits = *begin == '-' || *begin == '+' ? begin + 1 : begin;
  const char *p = skip_digits (tokens, digits);
  const char *before;

  *end = skip_word (tokens, digits);
  if (*begin == '+')
    return &leading_plus;
  if (p == digits)
    return p < tokens->end && *p == '.' ? &bare_point : &bare_minus;
  if (*digits == '0' && p == digits + 1 && p < tokens->end && (*p == 'x' || *p == 'X'))
    return &hexadecimal;
  if (*digits == '0' && p > digits + 1)
    return &leading_zero;
  if (p < tokens->end && *p == '.')
    {
      before = p + 1;
      p = skip_digits (tokens, before);
      if (p == before)
        return &bare_point;
    }
  if (p < tokens->end && (*p == 'e' || *p == 'E'))
    {
      before = p + 1;
      if (before < tokens->end && (*before == '+' || *before == '-'))
        before++;
      p = skip_digits (tokens, before);
      if (p == before)
        return &bare_exponent;
    }
  *end = p;
  return NULL;
}

static LessonToken
read_number (LessonTokens *tokens, const char *begin)
{
  const char *end;
  const Trouble *trouble;

  /* -Infinity is a word. */
  if (*begin == '-' && begin + 1 < tokens->end && g_ascii_isalpha (begin[1]))
    return take_token (tokens, LESSON_TOKEN_BARE_WORD, begin, skip_word (tokens, begin));
  trouble = find_number_trouble (tokens, begin, &end);
  if (trouble != NULL)
    {
      /* A number that the file's end cuts off is no slip of its own. */
      if (end == tokens->end && *begin != '+')
        return take_token (tokens, LESSON_TOKEN_BARE_WORD, begin, end);
      return report_trouble (tokens, begin, end, trouble->sentence, trouble->help);
    }
  if (end < tokens->end && is_word_byte (*end))
    return take_token (tokens, LESSON_TOKEN_BARE_WORD, begin, skip_word (tokens, end));
  if (skip_digits (tokens, *begin == '-' ? begin + 1 : begin) == end)
    {
      if (is_beyond_integers (begin, end))
        return report_trouble (tokens, begin, end, TEXT_LESSON_LARGE_INTEGER,
                               TEXT_LESSON_HELP_LARGE);
    }
  else if (isinf (g_ascii_strtod (begin, NULL)))
    return report_trouble (tokens, begin, end, TEXT_LESSON_LARGE_NUMBER, TEXT_LESSON_HELP_LARGE);
  return take_token (tokens, LESSON_TOKEN_SCALAR, begin, end);
}

/* Words and signs. */

static gboolean
is_at (const LessonTokens *tokens, const char *p, const char *word)
{
  gsize n = strlen (word);

  return (gsize)(tokens->end - p) >= n && memcmp (p, word, n) == 0;
}

/* Whether a line that git leaves behind begins at p. */
static gboolean
is_conflict (const LessonTokens *tokens, const char *p)
{
  if (p > tokens->text && p[-1] != '\n')
    return FALSE;
  return is_at (tokens, p, "<<<<<<<") || is_at (tokens, p, "=======")
         || is_at (tokens, p, ">>>>>>>") || is_at (tokens, p, "|||||||");
}

static LessonToken
read_word (LessonTokens *tokens, const char *begin)
{
  static const char *const values[] = { "true", "false", "null" };
  const char *end = skip_word (tokens, begin);

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (is_at (tokens, begin, values[i]) && begin + strlen (values[i]) == end)
      return take_token (tokens, LESSON_TOKEN_SCALAR, begin, end);
  return take_token (tokens, LESSON_TOKEN_BARE_WORD, begin, end);
}

static LessonToken
report_stray (LessonTokens *tokens, const char *begin)
{
  gunichar c = g_utf8_get_char (begin);
  const char *end = g_utf8_next_char (begin);

  if (is_conflict (tokens, begin))
    return report_trouble (tokens, begin, begin + 7, TEXT_LESSON_CONFLICT,
                           TEXT_LESSON_HELP_CONFLICT);
  if (*begin == '#' || *begin == '/')
    {
      if (is_at (tokens, begin, "//") || is_at (tokens, begin, "/*"))
        end++;
      return report_trouble (tokens, begin, end, TEXT_LESSON_COMMENT, TEXT_LESSON_HELP_COMMENT);
    }
  if (*begin == '\'' || *begin == '`')
    return report_trouble (tokens, begin, end, TEXT_LESSON_SINGLE_QUOTE, TEXT_LESSON_HELP_QUOTE);
  /* ‘ ’ ‚ ‛ “ ” „ ‟ « » */
  if ((c >= 0x2018 && c <= 0x201f) || c == 0xab || c == 0xbb)
    return report_trouble (tokens, begin, end, TEXT_LESSON_CURLY_QUOTE, TEXT_LESSON_HELP_QUOTE);
  return report_trouble (tokens, begin, end, TEXT_LESSON_BAD_CHARACTER, TEXT_LESSON_HELP_DELETE);
}

/* The next word. After LESSON_TOKEN_TROUBLE there is no next one. */
LessonToken
lesson_tokens_next (LessonTokens *tokens)
{
  static const char signs[] = "{}[]:,";
  static const LessonTokenKind kinds[] = {
    LESSON_TOKEN_OPEN_OBJECT, LESSON_TOKEN_CLOSE_OBJECT, LESSON_TOKEN_OPEN_LIST,
    LESSON_TOKEN_CLOSE_LIST,  LESSON_TOKEN_COLON,        LESSON_TOKEN_COMMA,
  };
  const char *p = tokens->at;
  const char *sign;

  while (p < tokens->end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
    p++;
  if (p == tokens->end)
    return take_token (tokens, LESSON_TOKEN_END, p, p);
  sign = strchr (signs, *p);
  if (sign != NULL)
    return take_token (tokens, kinds[sign - signs], p, p + 1);
  if (*p == '"')
    return read_string (tokens, p);
  if (g_ascii_isdigit (*p) || *p == '-' || *p == '+' || *p == '.')
    return read_number (tokens, p);
  if (g_ascii_isalpha (*p) || *p == '_' || *p == '$' || g_unichar_isalpha (g_utf8_get_char (p)))
    return read_word (tokens, p);
  return report_stray (tokens, p);
}
