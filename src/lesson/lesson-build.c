/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From JSON to structs: one walk along the tables of members checks each object and puts its values where they belong. See
 * lesson-shape.h for the tables, lesson-value.c for single values; what holds between members is lesson-check.c's.
 *
 * Nothing unknown is an error: a later version may have added it, and the tree keeps it. In a file that says it is of this
 * version an unknown member is most likely a slip, so there is a warning with a guess. */

#include "lesson-build.h"

#include "lesson-report.h"
#include "lesson-value.h"

#include <string.h>

static void read_object (LessonReading *reading, const LessonShape *shape, LessonValue value,
                         gpointer data);

static TextSpan
get_id_span (const LessonReading *reading, const LessonNamed *named)
{
  return lesson_places_get_value (reading->places,
                                  lesson_places_child (reading->places, named->place, "id"));
}

/* Refuses the id of a list's last item when an earlier one has it. */
static void
check_last_id (LessonReading *reading, GPtrArray *list)
{
  const LessonNamed *last = g_ptr_array_index (list, list->len - 1);

  for (guint i = 0; last->id != NULL && i + 1 < list->len; i++)
    {
      const LessonNamed *other = g_ptr_array_index (list, i);
      TextDiagnostic *diagnostic;

      if (g_strcmp0 (other->id, last->id) != 0)
        continue;
      diagnostic = lesson_report (reading->diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_ID,
                                  get_id_span (reading, last),
                                  text_message_new (TEXT_LESSON_DUPLICATE_ID, "s", last->id),
                                  text_message_new (TEXT_LESSON_HELP_ID, ""));
      text_diagnostic_add_label (diagnostic, get_id_span (reading, other),
                                 text_message_new (TEXT_LESSON_FIRST_HERE, ""));
      return;
    }
}

static void
read_list (LessonReading *reading, LessonValue value, GPtrArray *list)
{
  const LessonShape *shape = value.member->shape;
  JsonArray *items = lesson_value_get_items (reading, value, TEXT_LESSON_WANTS_LIST);

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      LessonValue item = lesson_value_get_item (reading, value, items, i);

      read_object (reading, shape, item, lesson_shape_add_item (shape, list));
      if (shape->has_id)
        check_last_id (reading, list);
    }
}

static void
read_value (LessonReading *reading, LessonValue value, gpointer field)
{
  if (value.member->type == LESSON_TYPE_OBJECT)
    read_object (reading, value.member->shape, value, field);
  else if (value.member->type == LESSON_TYPE_LIST)
    read_list (reading, value, *(GPtrArray **)field);
  else
    lesson_value_read (reading, value, field);
}

/* Whether the member may stand in every object. */
static gboolean
is_free_member (const char *name)
{
  return strcmp (name, "comment") == 0 || g_str_has_prefix (name, "x-");
}

static void
warn_of_unknown (LessonReading *reading, const LessonShape *shape, const char *name, guint place)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  g_autofree char *quoted = lesson_report_quote (name, strlen (name));
  const char *guess;

  if (reading->is_newer)
    return;
  for (guint i = 0; i < shape->n_members; i++)
    g_ptr_array_add (known, (gpointer)shape->members[i].name);
  g_ptr_array_add (known, NULL);
  guess = lesson_word_guess ((const char *const *)known->pdata, name);
  lesson_value_report (reading, TEXT_SEVERITY_WARNING, LESSON_CODE_UNKNOWN,
                       lesson_places_get_name (reading->places, place),
                       text_message_new (TEXT_LESSON_UNKNOWN_MEMBER, "s", quoted),
                       guess != NULL ? text_message_new (TEXT_LESSON_HELP_GUESS, "s", guess)
                                     : text_message_new (TEXT_LESSON_HELP_EXTENSION, ""));
}

static void
read_members (LessonReading *reading, const LessonShape *shape, JsonObject *object, guint place,
              gpointer data)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      const LessonMember *member = lesson_shape_find_member (shape, name);
      guint child = lesson_places_child (reading->places, place, name);

      if (member != NULL)
        read_value (reading, (LessonValue){ member, node, child }, (char *)data + member->offset);
      else if (!is_free_member (name)
               && !(place == LESSON_PLACE_ROOT && strcmp (name, "$schema") == 0))
        warn_of_unknown (reading, shape, name, child);
    }
}

static void
check_required (LessonReading *reading, const LessonShape *shape, JsonObject *object, guint place)
{
  for (guint i = 0; i < shape->n_members; i++)
    {
      const LessonMember *member = &shape->members[i];

      if (member->required && !json_object_has_member (object, member->name))
        lesson_value_report (reading, TEXT_SEVERITY_ERROR, LESSON_CODE_MISSING,
                             lesson_places_get_start (reading->places, place),
                             text_message_new (TEXT_LESSON_MISSING_MEMBER, "s", member->name),
                             NULL);
    }
}

/* Checks an object against its shape and fills data, which has been initialised. */
static void
read_object (LessonReading *reading, const LessonShape *shape, LessonValue value, gpointer data)
{
  JsonObject *object;

  *(guint *)data = value.place;
  if (!JSON_NODE_HOLDS_OBJECT (value.node))
    {
      lesson_value_refuse_type (reading, value, TEXT_LESSON_WANTS_OBJECT);
      return;
    }
  object = json_node_get_object (value.node);
  read_members (reading, shape, object, value.place, data);
  check_required (reading, shape, object, value.place);
}

/* Fills a lesson from its root, which must be an object; places and is_newer must be set. */
void
lesson_build (Lesson *lesson, TextDiagnostics *diagnostics)
{
  LessonReading reading = { lesson->places, diagnostics, lesson->is_newer, 0, 0 };
  LessonValue root = { NULL, lesson->root, LESSON_PLACE_ROOT };

  read_object (&reading, &lesson_shape_lesson, root, lesson);
}
