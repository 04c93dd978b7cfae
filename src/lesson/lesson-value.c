/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading one value of a lesson: texts, words, numbers and lists of them, each held against the row of its member. See
 * lesson-value.h. */

#include "lesson-value.h"

#include "lesson-report.h"

#include <math.h>
#include <string.h>

/* A file can hold far more slips than anyone reads. */
#define MAX_FINDINGS 100

/* 2^53: whole numbers up to here are told apart by every reader of JSON. */
#define MAX_WHOLE 9007199254740992.0

/* Adds a finding, unless there are enough. message, help: (transfer full) */
void
lesson_value_report (LessonReading *reading, TextSeverity severity, const char *code, TextSpan span,
                     TextMessage *message, TextMessage *help)
{
  gboolean is_error = severity == TEXT_SEVERITY_ERROR;

  /* The first error is always kept: it is what refuses the lesson. */
  if (reading->n_findings < MAX_FINDINGS || (is_error && reading->n_errors == 0))
    lesson_report (reading->diagnostics, severity, code, span, message, help);
  else
    {
      text_message_free (message);
      g_clear_pointer (&help, text_message_free);
    }
  reading->n_findings++;
  reading->n_errors += is_error ? 1 : 0;
}

/* The value is not what its member wants. message: (transfer full) */
static void
refuse (LessonReading *reading, LessonValue value, TextMessage *message, TextMessage *help)
{
  lesson_value_report (reading, TEXT_SEVERITY_ERROR, LESSON_CODE_VALUE,
                       lesson_places_get_value (reading->places, value.place), message, help);
}

void
lesson_value_refuse_type (LessonReading *reading, LessonValue value, TextMessageId sentence)
{
  refuse (reading, value, text_message_new (sentence, "s", value.member->name), NULL);
}

/* Whether n keeps the member's bounds; else one of the two sentences says which it breaks. */
static gboolean
check_bounds (LessonReading *reading, LessonValue value, gint64 n, TextMessageId too_small,
              TextMessageId too_big)
{
  const LessonMember *member = value.member;

  if (n < member->min)
    refuse (reading, value, text_message_new (too_small, "si", member->name, member->min), NULL);
  else if (member->max > 0 && n > member->max)
    refuse (reading, value, text_message_new (too_big, "si", member->name, member->max), NULL);
  else
    return TRUE;
  return FALSE;
}

/* What a node's value is, 0 when it is no single value. */
static GType
get_type (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : 0;
}

static gboolean
is_string (JsonNode *node)
{
  return get_type (node) == G_TYPE_STRING;
}

/* The items of a value that must be a list within its bounds; NULL after a report. (transfer none) */
JsonArray *
lesson_value_get_items (LessonReading *reading, LessonValue value, TextMessageId sentence)
{
  JsonArray *items;

  if (!JSON_NODE_HOLDS_ARRAY (value.node))
    {
      lesson_value_refuse_type (reading, value, sentence);
      return NULL;
    }
  items = json_node_get_array (value.node);
  return check_bounds (reading, value, json_array_get_length (items), TEXT_LESSON_TOO_FEW,
                       TEXT_LESSON_TOO_MANY)
             ? items
             : NULL;
}

LessonValue
lesson_value_get_item (LessonReading *reading, LessonValue list, JsonArray *items, guint i)
{
  return (LessonValue){ list.member, json_array_get_element (items, i),
                        lesson_places_item (reading->places, list.place, i) };
}

/* Words and names. */

static gboolean
read_word (LessonReading *reading, LessonValue value, guint *word)
{
  const char *const *words = value.member->words;
  const char *text, *guess;
  g_autofree char *all = NULL;

  if (!is_string (value.node))
    {
      lesson_value_refuse_type (reading, value, TEXT_LESSON_WANTS_TEXT);
      return FALSE;
    }
  text = json_node_get_string (value.node);
  *word = lesson_word_find (words, text);
  if (*word > 0)
    return TRUE;
  all = g_strjoinv (", ", (char **)words);
  guess = lesson_word_guess (words, text);
  lesson_value_report (reading, reading->is_newer ? TEXT_SEVERITY_WARNING : TEXT_SEVERITY_ERROR,
                       LESSON_CODE_VALUE, lesson_places_get_value (reading->places, value.place),
                       text_message_new (TEXT_LESSON_WANTS_WORD, "ss", value.member->name, all),
                       guess != NULL ? text_message_new (TEXT_LESSON_HELP_GUESS, "s", guess)
                                     : NULL);
  return FALSE;
}

static GArray *
read_words (LessonReading *reading, LessonValue value)
{
  JsonArray *items = lesson_value_get_items (reading, value, TEXT_LESSON_WANTS_TEXTS);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      guint word;

      if (read_word (reading, lesson_value_get_item (reading, value, items, i), &word))
        g_array_append_val (found, word);
    }
  return found;
}

/* Texts. */

static char *
read_text (LessonReading *reading, LessonValue value, gboolean is_bounded)
{
  const char *text;

  if (!is_string (value.node))
    {
      lesson_value_refuse_type (reading, value, TEXT_LESSON_WANTS_TEXT);
      return NULL;
    }
  text = json_node_get_string (value.node);
  if (is_bounded
      && !check_bounds (reading, value, g_utf8_strlen (text, -1), TEXT_LESSON_TOO_SHORT,
                        TEXT_LESSON_TOO_LONG))
    return NULL;
  return g_strdup (text);
}

static char *
read_slug (LessonReading *reading, LessonValue value, gboolean is_bounded)
{
  g_autofree char *text = read_text (reading, value, is_bounded);

  if (text != NULL && !lesson_word_is_slug (text, strlen (text)))
    {
      lesson_value_refuse_type (reading, value, TEXT_LESSON_WANTS_SLUG);
      return NULL;
    }
  return g_steal_pointer (&text);
}

/* Lines of a list, each followed by a newline. */
static char *
read_lines (LessonReading *reading, LessonValue value, JsonArray *items, gboolean is_source)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      LessonValue item = lesson_value_get_item (reading, value, items, i);
      g_autofree char *line = read_text (reading, item, FALSE);

      if (line == NULL)
        continue;
      if (is_source && strpbrk (line, "\n\r") != NULL)
        refuse (reading, item, text_message_new (TEXT_LESSON_LINE_BREAK, ""),
                text_message_new (TEXT_LESSON_HELP_LINE_BREAK, ""));
      g_string_append (lines, line);
      g_string_append_c (lines, '\n');
    }
  return g_string_free (lines, FALSE);
}

static char *
read_source (LessonReading *reading, LessonValue value)
{
  JsonArray *items = lesson_value_get_items (reading, value, TEXT_LESSON_WANTS_LINES);

  return items != NULL ? read_lines (reading, value, items, TRUE) : NULL;
}

static char *
read_prose (LessonReading *reading, LessonValue value)
{
  g_autofree char *text = NULL;

  if (!JSON_NODE_HOLDS_ARRAY (value.node))
    {
      if (is_string (value.node))
        return read_text (reading, value, TRUE);
      lesson_value_refuse_type (reading, value, TEXT_LESSON_WANTS_TEXT_OR_LINES);
      return NULL;
    }
  text = read_lines (reading, value, json_node_get_array (value.node), FALSE);
  /* A newline joins the lines; the last one needs none. */
  if (*text != '\0')
    text[strlen (text) - 1] = '\0';
  return check_bounds (reading, value, g_utf8_strlen (text, -1), TEXT_LESSON_TOO_SHORT,
                       TEXT_LESSON_TOO_LONG)
             ? g_steal_pointer (&text)
             : NULL;
}

static char *
read_one_text (LessonReading *reading, LessonValue value)
{
  switch (value.member->type)
    {
    case LESSON_TYPE_SLUGS:
      return read_slug (reading, value, FALSE);
    case LESSON_TYPE_PROSES:
      if (JSON_NODE_HOLDS_ARRAY (value.node))
        return read_lines (reading, value, json_node_get_array (value.node), FALSE);
      return read_text (reading, value, FALSE);
    default:
      return read_text (reading, value, FALSE);
    }
}

static char **
read_texts (LessonReading *reading, LessonValue value)
{
  JsonArray *items = lesson_value_get_items (reading, value, TEXT_LESSON_WANTS_TEXTS);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      char *text = read_one_text (reading, lesson_value_get_item (reading, value, items, i));

      if (text != NULL)
        g_ptr_array_add (texts, text);
    }
  g_ptr_array_add (texts, NULL);
  return (char **)g_ptr_array_steal (texts, NULL);
}

/* Numbers. */

/* Whether the node is a whole number: 5.0 is one too, for JSON Schema as for people. */
static gboolean
is_whole (JsonNode *node)
{
  double number;

  if (get_type (node) != G_TYPE_DOUBLE)
    return get_type (node) == G_TYPE_INT64;
  number = json_node_get_double (node);
  return number == floor (number) && fabs (number) <= MAX_WHOLE;
}

static void
read_integer (LessonReading *reading, LessonValue value, gint64 *integer)
{
  guint word;

  if (is_whole (value.node))
    {
      gint64 n = json_node_get_int (value.node);

      if (!check_bounds (reading, value, n, TEXT_LESSON_TOO_SMALL, TEXT_LESSON_TOO_BIG))
        return;
      if (value.member->is_power && (n & (n - 1)) != 0)
        lesson_value_refuse_type (reading, value, TEXT_LESSON_WANTS_POWER);
      else
        *integer = n;
    }
  else if (is_string (value.node) && value.member->words != NULL)
    {
      if (read_word (reading, value, &word))
        *integer = -(gint64)word;
    }
  else
    lesson_value_refuse_type (reading, value, TEXT_LESSON_WANTS_INTEGER);
}

static void
read_number (LessonReading *reading, LessonValue value, double *number)
{
  GType type = get_type (value.node);

  if (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE)
    *number = json_node_get_double (value.node);
  else
    lesson_value_refuse_type (reading, value, TEXT_LESSON_WANTS_NUMBER);
}

static void
read_boolean (LessonReading *reading, LessonValue value, gint *truth)
{
  if (get_type (value.node) == G_TYPE_BOOLEAN)
    *truth = json_node_get_boolean (value.node);
  else
    lesson_value_refuse_type (reading, value, TEXT_LESSON_WANTS_BOOLEAN);
}

/* Reads a value that is no object and no list of them into its field. */
void
lesson_value_read (LessonReading *reading, LessonValue value, gpointer field)
{
  switch (value.member->type)
    {
    case LESSON_TYPE_TEXT:
      *(char **)field = read_text (reading, value, TRUE);
      break;
    case LESSON_TYPE_SLUG:
      *(char **)field = read_slug (reading, value, TRUE);
      break;
    case LESSON_TYPE_PROSE:
      *(char **)field = read_prose (reading, value);
      break;
    case LESSON_TYPE_SOURCE:
      *(char **)field = read_source (reading, value);
      break;
    case LESSON_TYPE_TEXTS:
    case LESSON_TYPE_SLUGS:
    case LESSON_TYPE_PROSES:
      *(char ***)field = read_texts (reading, value);
      break;
    case LESSON_TYPE_INTEGER:
      read_integer (reading, value, field);
      break;
    case LESSON_TYPE_NUMBER:
      read_number (reading, value, field);
      break;
    case LESSON_TYPE_BOOLEAN:
      read_boolean (reading, value, field);
      break;
    case LESSON_TYPE_WORD:
      {
        guint word;

        if (read_word (reading, value, &word))
          *(guint *)field = word;
        break;
      }
    case LESSON_TYPE_WORDS:
      *(GArray **)field = read_words (reading, value);
      break;
    case LESSON_TYPE_OBJECT:
    case LESSON_TYPE_LIST:
      g_assert_not_reached ();
    case LESSON_TYPE_ANY:
      *(JsonNode **)field = value.node;
      break;
    }
}
