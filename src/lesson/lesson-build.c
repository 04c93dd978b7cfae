/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From JSON to structs: one walk along the tables of members checks each value and puts it where it belongs. See
 * lesson-shape.h for the tables; what holds between members is lesson-check.c's.
 *
 * Nothing unknown is an error: a later version may have added it, and the tree keeps it. In a file that says it is of this
 * version an unknown member is most likely a slip, so there is a warning with a guess. */

#include "lesson-build.h"

#include "lesson-report.h"
#include "lesson-shape.h"

#include <string.h>

/* A file can hold far more slips than anyone reads. */
#define MAX_FINDINGS 100

typedef struct
{
  const LessonPlaces *places;
  TextDiagnostics *diagnostics;
  gboolean is_newer;
} Build;

/* A value of the file, and the row that it must fit. */
typedef struct
{
  const LessonMember *member;
  JsonNode *node;
  guint place;
} Value;

static void read_object (Build *build, const LessonShape *shape, Value value, gpointer data);

/* message, help: (transfer full) */
static void
report (Build *build, TextSeverity severity, const char *code, TextSpan span, TextMessage *message,
        TextMessage *help)
{
  /* The first error is always kept: it is what refuses the lesson. */
  if (build->diagnostics->list->len < MAX_FINDINGS
      || (severity == TEXT_SEVERITY_ERROR && build->diagnostics->n_errors == 0))
    {
      lesson_report (build->diagnostics, severity, code, span, message, help);
      return;
    }
  text_message_free (message);
  g_clear_pointer (&help, text_message_free);
}

/* The value is not what its member wants. message: (transfer full) */
static void
refuse (Build *build, Value value, TextMessage *message, TextMessage *help)
{
  report (build, TEXT_SEVERITY_ERROR, LESSON_CODE_VALUE,
          lesson_places_get_value (build->places, value.place), message, help);
}

static void
refuse_type (Build *build, Value value, TextMessageId sentence)
{
  refuse (build, value, text_message_new (sentence, "s", value.member->name), NULL);
}

/* Whether n keeps the member's bounds; else one of the two sentences says which it breaks. */
static gboolean
check_bounds (Build *build, Value value, gint64 n, TextMessageId too_small, TextMessageId too_big)
{
  const LessonMember *member = value.member;

  if (n < member->min)
    refuse (build, value, text_message_new (too_small, "si", member->name, member->min), NULL);
  else if (member->max > 0 && n > member->max)
    refuse (build, value, text_message_new (too_big, "si", member->name, member->max), NULL);
  else
    return TRUE;
  return FALSE;
}

static gboolean
is_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

/* The items of a value that must be a list within its bounds; NULL after a report. (transfer none) */
static JsonArray *
get_items (Build *build, Value value, TextMessageId sentence)
{
  JsonArray *items;

  if (!JSON_NODE_HOLDS_ARRAY (value.node))
    {
      refuse_type (build, value, sentence);
      return NULL;
    }
  items = json_node_get_array (value.node);
  return check_bounds (build, value, json_array_get_length (items), TEXT_LESSON_TOO_FEW,
                       TEXT_LESSON_TOO_MANY)
             ? items
             : NULL;
}

static Value
get_item (Build *build, Value list, JsonArray *items, guint i)
{
  return (Value){ list.member, json_array_get_element (items, i),
                  lesson_places_item (build->places, list.place, i) };
}

/* Words and names. */

/* Whether the text is small letters and digits with single hyphens between them. */
gboolean
lesson_is_slug (const char *text, gsize n_bytes)
{
  gboolean after_hyphen = TRUE;

  for (gsize i = 0; i < n_bytes; i++)
    {
      gboolean is_hyphen = text[i] == '-';

      if (is_hyphen ? after_hyphen : !g_ascii_islower (text[i]) && !g_ascii_isdigit (text[i]))
        return FALSE;
      after_hyphen = is_hyphen;
    }
  return !after_hyphen;
}

static gboolean
read_word (Build *build, Value value, guint *word)
{
  const char *const *words = value.member->words;
  const char *text, *guess;
  g_autofree char *all = NULL;

  if (!is_string (value.node))
    {
      refuse_type (build, value, TEXT_LESSON_WANTS_TEXT);
      return FALSE;
    }
  text = json_node_get_string (value.node);
  *word = lesson_word_find (words, text);
  if (*word > 0)
    return TRUE;
  all = g_strjoinv (", ", (char **)words);
  guess = lesson_word_guess (words, text);
  report (build, build->is_newer ? TEXT_SEVERITY_WARNING : TEXT_SEVERITY_ERROR, LESSON_CODE_VALUE,
          lesson_places_get_value (build->places, value.place),
          text_message_new (TEXT_LESSON_WANTS_WORD, "ss", value.member->name, all),
          guess != NULL ? text_message_new (TEXT_LESSON_HELP_GUESS, "s", guess) : NULL);
  return FALSE;
}

static GArray *
read_words (Build *build, Value value)
{
  JsonArray *items = get_items (build, value, TEXT_LESSON_WANTS_TEXTS);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      guint word;

      if (read_word (build, get_item (build, value, items, i), &word))
        g_array_append_val (found, word);
    }
  return found;
}

/* Texts. */

static char *
read_text (Build *build, Value value, gboolean is_bounded)
{
  const char *text;

  if (!is_string (value.node))
    {
      refuse_type (build, value, TEXT_LESSON_WANTS_TEXT);
      return NULL;
    }
  text = json_node_get_string (value.node);
  if (is_bounded
      && !check_bounds (build, value, g_utf8_strlen (text, -1), TEXT_LESSON_TOO_SHORT,
                        TEXT_LESSON_TOO_LONG))
    return NULL;
  return g_strdup (text);
}

static char *
read_slug (Build *build, Value value, gboolean is_bounded)
{
  g_autofree char *text = read_text (build, value, is_bounded);

  if (text != NULL && !lesson_is_slug (text, strlen (text)))
    {
      refuse_type (build, value, TEXT_LESSON_WANTS_SLUG);
      return NULL;
    }
  return g_steal_pointer (&text);
}

/* Lines of a list, each followed by a newline. */
static char *
read_lines (Build *build, Value value, JsonArray *items, gboolean is_source)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      Value item = get_item (build, value, items, i);
      g_autofree char *line = read_text (build, item, FALSE);

      if (line == NULL)
        continue;
      if (is_source && strpbrk (line, "\n\r") != NULL)
        refuse (build, item, text_message_new (TEXT_LESSON_LINE_BREAK, ""),
                text_message_new (TEXT_LESSON_HELP_LINE_BREAK, ""));
      g_string_append (lines, line);
      g_string_append_c (lines, '\n');
    }
  return g_string_free (lines, FALSE);
}

static char *
read_source (Build *build, Value value)
{
  JsonArray *items = get_items (build, value, TEXT_LESSON_WANTS_LINES);

  return items != NULL ? read_lines (build, value, items, TRUE) : NULL;
}

static char *
read_prose (Build *build, Value value)
{
  g_autofree char *text = NULL;

  if (!JSON_NODE_HOLDS_ARRAY (value.node))
    {
      if (is_string (value.node))
        return read_text (build, value, TRUE);
      refuse_type (build, value, TEXT_LESSON_WANTS_TEXT_OR_LINES);
      return NULL;
    }
  text = read_lines (build, value, json_node_get_array (value.node), FALSE);
  /* A newline joins the lines; the last one needs none. */
  if (*text != '\0')
    text[strlen (text) - 1] = '\0';
  return check_bounds (build, value, g_utf8_strlen (text, -1), TEXT_LESSON_TOO_SHORT,
                       TEXT_LESSON_TOO_LONG)
             ? g_steal_pointer (&text)
             : NULL;
}

static char *
read_one_text (Build *build, Value value)
{
  switch (value.member->type)
    {
    case LESSON_TYPE_SLUGS:
      return read_slug (build, value, FALSE);
    case LESSON_TYPE_PROSES:
      if (JSON_NODE_HOLDS_ARRAY (value.node))
        return read_lines (build, value, json_node_get_array (value.node), FALSE);
      return read_text (build, value, FALSE);
    default:
      return read_text (build, value, FALSE);
    }
}

static char **
read_texts (Build *build, Value value)
{
  JsonArray *items = get_items (build, value, TEXT_LESSON_WANTS_TEXTS);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      char *text = read_one_text (build, get_item (build, value, items, i));

      if (text != NULL)
        g_ptr_array_add (texts, text);
    }
  g_ptr_array_add (texts, NULL);
  return (char **)g_ptr_array_steal (texts, NULL);
}

/* Numbers. */

static void
read_integer (Build *build, Value value, gint64 *integer)
{
  GType type = JSON_NODE_HOLDS_VALUE (value.node) ? json_node_get_value_type (value.node) : 0;
  guint word;

  if (type == G_TYPE_INT64)
    {
      gint64 n = json_node_get_int (value.node);

      if (check_bounds (build, value, n, TEXT_LESSON_TOO_SMALL, TEXT_LESSON_TOO_BIG))
        *integer = n;
    }
  else if (type == G_TYPE_STRING && value.member->words != NULL)
    {
      if (read_word (build, value, &word))
        *integer = -(gint64)word;
    }
  else
    refuse_type (build, value, TEXT_LESSON_WANTS_INTEGER);
}

static void
read_number (Build *build, Value value, double *number)
{
  GType type = JSON_NODE_HOLDS_VALUE (value.node) ? json_node_get_value_type (value.node) : 0;

  if (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE)
    *number = json_node_get_double (value.node);
  else
    refuse_type (build, value, TEXT_LESSON_WANTS_NUMBER);
}

static void
read_boolean (Build *build, Value value, gint *truth)
{
  if (JSON_NODE_HOLDS_VALUE (value.node) && json_node_get_value_type (value.node) == G_TYPE_BOOLEAN)
    *truth = json_node_get_boolean (value.node);
  else
    refuse_type (build, value, TEXT_LESSON_WANTS_BOOLEAN);
}

/* Objects and lists of them. */

/* Refuses an id that an earlier item of the list has. */
static void
check_id (Build *build, GPtrArray *list, const char *id, guint place)
{
  for (guint i = 0; id != NULL && i + 1 < list->len; i++)
    {
      const LessonOption *other = g_ptr_array_index (list, i);
      TextDiagnostic *diagnostic;

      if (g_strcmp0 (other->id, id) != 0)
        continue;
      diagnostic = lesson_report (
          build->diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_ID,
          lesson_places_get_value (build->places, lesson_places_child (build->places, place, "id")),
          text_message_new (TEXT_LESSON_DUPLICATE_ID, "s", id),
          text_message_new (TEXT_LESSON_HELP_ID, ""));
      text_diagnostic_add_label (
          diagnostic,
          lesson_places_get_value (build->places,
                                   lesson_places_child (build->places, other->place, "id")),
          text_message_new (TEXT_LESSON_FIRST_HERE, ""));
      return;
    }
}

static void
read_list (Build *build, Value value, GPtrArray *list)
{
  const LessonShape *shape = value.member->shape;
  JsonArray *items = get_items (build, value, TEXT_LESSON_WANTS_LIST);

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      Value item = get_item (build, value, items, i);
      LessonOption *data = lesson_shape_add_item (shape, list);

      read_object (build, shape, item, data);
      if (shape->has_id)
        check_id (build, list, data->id, item.place);
    }
}

static void
read_value (Build *build, Value value, gpointer field)
{
  switch (value.member->type)
    {
    case LESSON_TYPE_TEXT:
      *(char **)field = read_text (build, value, TRUE);
      break;
    case LESSON_TYPE_SLUG:
      *(char **)field = read_slug (build, value, TRUE);
      break;
    case LESSON_TYPE_PROSE:
      *(char **)field = read_prose (build, value);
      break;
    case LESSON_TYPE_SOURCE:
      *(char **)field = read_source (build, value);
      break;
    case LESSON_TYPE_TEXTS:
    case LESSON_TYPE_SLUGS:
    case LESSON_TYPE_PROSES:
      *(char ***)field = read_texts (build, value);
      break;
    case LESSON_TYPE_INTEGER:
      read_integer (build, value, field);
      break;
    case LESSON_TYPE_NUMBER:
      read_number (build, value, field);
      break;
    case LESSON_TYPE_BOOLEAN:
      read_boolean (build, value, field);
      break;
    case LESSON_TYPE_WORD:
      {
        guint word;

        if (read_word (build, value, &word))
          *(guint *)field = word;
        break;
      }
    case LESSON_TYPE_WORDS:
      *(GArray **)field = read_words (build, value);
      break;
    case LESSON_TYPE_OBJECT:
      read_object (build, value.member->shape, value, field);
      break;
    case LESSON_TYPE_LIST:
      read_list (build, value, *(GPtrArray **)field);
      break;
    case LESSON_TYPE_ANY:
      *(JsonNode **)field = value.node;
      break;
    }
}

/* Whether the member may stand in every object. */
static gboolean
is_free_member (const char *name)
{
  return strcmp (name, "comment") == 0 || g_str_has_prefix (name, "x-");
}

static void
warn_of_unknown (Build *build, const LessonShape *shape, const char *name, guint place)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  const char *guess;

  if (build->is_newer)
    return;
  for (guint i = 0; i < shape->n_members; i++)
    g_ptr_array_add (known, (gpointer)shape->members[i].name);
  g_ptr_array_add (known, NULL);
  guess = lesson_word_guess ((const char *const *)known->pdata, name);
  report (build, TEXT_SEVERITY_WARNING, LESSON_CODE_UNKNOWN,
          lesson_places_get_name (build->places, place),
          text_message_new (TEXT_LESSON_UNKNOWN_MEMBER, "s", name),
          guess != NULL ? text_message_new (TEXT_LESSON_HELP_GUESS, "s", guess)
                        : text_message_new (TEXT_LESSON_HELP_EXTENSION, ""));
}

static void
read_members (Build *build, const LessonShape *shape, JsonObject *object, guint place,
              gpointer data)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      const LessonMember *member = lesson_shape_find_member (shape, name);
      guint child = lesson_places_child (build->places, place, name);

      if (member != NULL)
        read_value (build, (Value){ member, node, child }, (char *)data + member->offset);
      else if (!is_free_member (name)
               && !(place == LESSON_PLACE_ROOT && strcmp (name, "$schema") == 0))
        warn_of_unknown (build, shape, name, child);
    }
}

static void
check_required (Build *build, const LessonShape *shape, JsonObject *object, guint place)
{
  for (guint i = 0; i < shape->n_members; i++)
    {
      const LessonMember *member = &shape->members[i];

      if (member->required && !json_object_has_member (object, member->name))
        report (build, TEXT_SEVERITY_ERROR, LESSON_CODE_MISSING,
                lesson_places_get_start (build->places, place),
                text_message_new (TEXT_LESSON_MISSING_MEMBER, "s", member->name), NULL);
    }
}

/* Checks an object against its shape and fills data, which has been initialised. */
static void
read_object (Build *build, const LessonShape *shape, Value value, gpointer data)
{
  JsonObject *object;

  *(guint *)data = value.place;
  if (!JSON_NODE_HOLDS_OBJECT (value.node))
    {
      refuse_type (build, value, TEXT_LESSON_WANTS_OBJECT);
      return;
    }
  object = json_node_get_object (value.node);
  read_members (build, shape, object, value.place, data);
  check_required (build, shape, object, value.place);
}

/* Fills a lesson from its root, which must be an object; places and is_newer must be set. */
void
lesson_build (Lesson *lesson, TextDiagnostics *diagnostics)
{
  Build build = { lesson->places, diagnostics, lesson->is_newer };
  Value root = { NULL, lesson->root, LESSON_PLACE_ROOT };

  read_object (&build, &lesson_shape_lesson, root, lesson);
}
