/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Structs that a table of members describes: filling them with what stands for "not given", freeing what they own, laying
 * one over another. See lesson-shape.h. */

#include "lesson-shape.h"

#include <math.h>
#include <string.h>

/* The array's own free function knows no shape: it frees the structs, this frees what they own. */
static void
clear_list (const LessonShape *shape, GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    lesson_shape_clear (shape, g_ptr_array_index (list, i));
  g_ptr_array_unref (list);
}

static void
init_member (const LessonMember *member, gpointer field)
{
  switch (member->type)
    {
    case LESSON_TYPE_INTEGER:
      *(gint64 *)field = member->missing;
      break;
    case LESSON_TYPE_BOOLEAN:
      *(gint *)field = (gint)member->missing;
      break;
    case LESSON_TYPE_WORD:
      *(guint *)field = (guint)member->missing;
      break;
    case LESSON_TYPE_NUMBER:
      *(double *)field = NAN;
      break;
    case LESSON_TYPE_OBJECT:
      lesson_shape_init (member->shape, field);
      break;
    case LESSON_TYPE_LIST:
      *(gpointer *)field = g_ptr_array_new_with_free_func (g_free);
      break;
    case LESSON_TYPE_TEXT:
    case LESSON_TYPE_SLUG:
    case LESSON_TYPE_PROSE:
    case LESSON_TYPE_SOURCE:
    case LESSON_TYPE_TEXTS:
    case LESSON_TYPE_SLUGS:
    case LESSON_TYPE_PROSES:
    case LESSON_TYPE_WORDS:
    case LESSON_TYPE_ANY:
      *(gpointer *)field = NULL;
      break;
    }
}

static void
clear_member (const LessonMember *member, gpointer field)
{
  gpointer *pointer = field;

  switch (member->type)
    {
    case LESSON_TYPE_TEXT:
    case LESSON_TYPE_SLUG:
    case LESSON_TYPE_PROSE:
    case LESSON_TYPE_SOURCE:
      g_clear_pointer (pointer, g_free);
      break;
    case LESSON_TYPE_TEXTS:
    case LESSON_TYPE_SLUGS:
    case LESSON_TYPE_PROSES:
      g_strfreev (g_steal_pointer (pointer));
      break;
    case LESSON_TYPE_WORDS:
      g_clear_pointer (pointer, g_array_unref);
      break;
    case LESSON_TYPE_OBJECT:
      lesson_shape_clear (member->shape, field);
      break;
    case LESSON_TYPE_LIST:
      clear_list (member->shape, g_steal_pointer (pointer));
      break;
    case LESSON_TYPE_INTEGER:
    case LESSON_TYPE_NUMBER:
    case LESSON_TYPE_BOOLEAN:
    case LESSON_TYPE_WORD:
    case LESSON_TYPE_ANY:
      break;
    }
}

/* A struct that is not in the file: data's members get what they are when they are not given. */
void
lesson_shape_init (const LessonShape *shape, gpointer data)
{
  *(guint *)data = LESSON_NO_PLACE;
  for (guint i = 0; i < shape->n_members; i++)
    init_member (&shape->members[i], (char *)data + shape->members[i].offset);
}

/* Frees what the struct owns, not the struct. */
void
lesson_shape_clear (const LessonShape *shape, gpointer data)
{
  for (guint i = 0; i < shape->n_members; i++)
    clear_member (&shape->members[i], (char *)data + shape->members[i].offset);
  if (shape->clear != NULL)
    shape->clear (data);
}

/* Copies into data what over gives. For structs of numbers, truth values, words and objects of these: over stays the owner of
 * everything else. */
void
lesson_shape_overlay (const LessonShape *shape, gpointer data, gconstpointer over)
{
  for (guint i = 0; i < shape->n_members; i++)
    {
      const LessonMember *member = &shape->members[i];
      gpointer to = (char *)data + member->offset;
      gconstpointer from = (const char *)over + member->offset;

      if (member->type == LESSON_TYPE_OBJECT)
        lesson_shape_overlay (member->shape, to, from);
      else if (member->type == LESSON_TYPE_INTEGER && *(const gint64 *)from != member->missing)
        *(gint64 *)to = *(const gint64 *)from;
      else if (member->type == LESSON_TYPE_BOOLEAN && *(const gint *)from != member->missing)
        *(gint *)to = *(const gint *)from;
      else if (member->type == LESSON_TYPE_WORD && *(const guint *)from != member->missing)
        *(guint *)to = *(const guint *)from;
    }
}

/* Adds a struct to a list. Gives the struct (borrowed), initialised. */
gpointer
lesson_shape_add_item (const LessonShape *shape, GPtrArray *list)
{
  gpointer item = g_malloc0 (shape->size);

  lesson_shape_init (shape, item);
  g_ptr_array_add (list, item);
  return item;
}

/* The row of a member, NULL when objects of that shape have none of that name. */
const LessonMember *
lesson_shape_find_member (const LessonShape *shape, const char *name)
{
  for (guint i = 0; i < shape->n_members; i++)
    if (strcmp (shape->members[i].name, name) == 0)
      return &shape->members[i];
  return NULL;
}
