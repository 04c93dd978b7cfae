/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Comparing values with what people write: see judge-value.h. */

#include "judge-value.h"

#include <math.h>
#include <string.h>

void
judge_value_clear (JudgeValue *value)
{
  g_clear_pointer (&value->text, g_free);
}

/* ---- the author's JSON ---- */

/* Whether a value is what an author wrote: numbers as numbers, addresses and texts by their words. */
gboolean
judge_value_is (const JudgeValue *value, JsonNode *wanted)
{
  double number;

  if (wanted == NULL || JSON_NODE_HOLDS_NULL (wanted))
    return value->kind == JUDGE_VALUE_ADDRESS && value->integer == 0;
  if (!JSON_NODE_HOLDS_VALUE (wanted))
    return FALSE;
  switch (json_node_get_value_type (wanted))
    {
    case G_TYPE_INT64:
      if (value->kind == JUDGE_VALUE_INTEGER || value->kind == JUDGE_VALUE_ADDRESS)
        return value->integer == json_node_get_int (wanted);
      return value->kind == JUDGE_VALUE_NUMBER && value->number == json_node_get_int (wanted);
    case G_TYPE_DOUBLE:
      return judge_value_get_number (value, &number) && number == json_node_get_double (wanted);
    case G_TYPE_BOOLEAN:
      return strcmp (value->text, json_node_get_boolean (wanted) ? "true" : "false") == 0;
    case G_TYPE_STRING:
      return judge_texts_agree (value->text, json_node_get_string (wanted));
    default:
      return FALSE;
    }
}

/* FALSE: it is none. */
gboolean
judge_value_get_number (const JudgeValue *value, double *number)
{
  *number = value->kind == JUDGE_VALUE_NUMBER ? value->number : (double)value->integer;
  return value->kind == JUDGE_VALUE_NUMBER || value->kind == JUDGE_VALUE_INTEGER;
}

/* ---- what learners type ---- */

/* The same but for white space at the ends of lines and of the whole, and for the ends of lines themselves. */
static char *
normalise (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *result = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (result, "%s\n", g_strchomp (lines[i]));
  while (result->len > 0 && result->str[result->len - 1] == '\n')
    g_string_truncate (result, result->len - 1);
  return g_string_free (result, FALSE);
}

gboolean
judge_texts_agree (const char *wanted, const char *typed)
{
  g_autofree char *a = normalise (wanted);
  g_autofree char *b = normalise (typed);

  return strcmp (a, b) == 0;
}

/* Spaces, underscores and apostrophes group digits; commas do where three digits follow each. (transfer full) */
static char *
drop_grouping (const char *typed)
{
  GString *digits = g_string_new (NULL);

  for (const char *at = typed; *at != '\0'; at++)
    {
      gsize n = strspn (at + 1, "0123456789");
      gboolean groups = strchr (" _'", *at) != NULL || (*at == ',' && n == 3);

      if (!groups)
        g_string_append_c (digits, *at);
    }
  return g_string_free (digits, FALSE);
}

/* Decimal, 0x… or 0b…, with a sign and grouping. FALSE: it is no whole number. */
gboolean
judge_parse_typed_integer (const char *typed, gint64 *integer)
{
  g_autofree char *digits = drop_grouping (typed);
  const char *at = digits;
  gboolean is_negative = *at == '-';
  guint base = 10;
  guint64 value;
  char *end;

  at += *at == '-' || *at == '+';
  if (at[0] == '0' && (at[1] == 'x' || at[1] == 'X' || at[1] == 'b' || at[1] == 'B'))
    {
      base = g_ascii_tolower (at[1]) == 'x' ? 16 : 2;
      at += 2;
    }
  if (!g_ascii_isxdigit (*at))
    return FALSE;
  value = g_ascii_strtoull (at, &end, base);
  *integer = is_negative ? -value : value;
  return end != at && *end == '\0';
}

static JudgeComparison
compare_integer (const JudgeValue *value, const char *typed)
{
  gint64 integer;

  if (!judge_parse_typed_integer (typed, &integer))
    return JUDGE_UNREADABLE;
  return integer == value->integer ? JUDGE_EQUAL : JUDGE_DIFFERENT;
}

/* A comma may stand where a point does; what is written may be rounded as the picture rounds it. */
static JudgeComparison
compare_number (const JudgeValue *value, const char *typed)
{
  g_autofree char *text = g_strdelimit (g_strstrip (g_strdup (typed)), ",", '.');
  char *end;
  double number = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0')
    return JUDGE_UNREADABLE;
  return number == value->number || strcmp (text, value->text) == 0
                 || fabs (number - value->number) <= 1e-9 * fabs (value->number)
             ? JUDGE_EQUAL
             : JUDGE_DIFFERENT;
}

static gboolean
is_null_word (const char *typed)
{
  static const char *const words[] = { "null", "nullptr", "nil", "none", "0", "0x0" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (typed, words[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_unknown_word (const char *typed)
{
  static const char *const words[] = { "?", "uninitialised", "uninitialized", "undefined" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (typed, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Quotes around a text that was typed are no part of it, unless the value has them too. */
static gboolean
is_quoted_same (const char *wanted, const char *typed)
{
  gsize n = strlen (typed);
  g_autofree char *inside = NULL;

  if (n < 2 || typed[0] != typed[n - 1] || (typed[0] != '"' && typed[0] != '\''))
    return FALSE;
  inside = g_strndup (typed + 1, n - 2);
  return judge_texts_agree (wanted, inside);
}

/* What a learner typed, forgiving what does not matter. */
JudgeComparison
judge_value_compare_typed (const JudgeValue *value, const char *typed)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));

  if (*text == '\0' && value->kind != JUDGE_VALUE_TEXT)
    return JUDGE_UNREADABLE;
  switch (value->kind)
    {
    case JUDGE_VALUE_INTEGER:
      return compare_integer (value, text);
    case JUDGE_VALUE_NUMBER:
      return compare_number (value, text);
    case JUDGE_VALUE_ADDRESS:
      if (is_null_word (text))
        return value->integer == 0 ? JUDGE_EQUAL : JUDGE_DIFFERENT;
      return compare_integer (value, text);
    case JUDGE_VALUE_TEXT:
      return judge_texts_agree (value->text, typed) || is_quoted_same (value->text, text)
                 ? JUDGE_EQUAL
                 : JUDGE_DIFFERENT;
    case JUDGE_VALUE_NOTHING:
      return is_unknown_word (text) ? JUDGE_EQUAL : JUDGE_DIFFERENT;
    }
  g_assert_not_reached ();
}
