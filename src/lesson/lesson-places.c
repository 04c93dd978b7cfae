/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The places of values: see lesson-places.h.
 *
 * Children are found in one balanced tree by (parent, token). A hash table would be as short, yet a stranger's file can be
 * made so that all its names fall into one bucket; and whole JSON pointers as keys would need the square of the file's size
 * where a long name stands around a long list. */

#include "lesson-places.h"

#include <string.h>

typedef struct
{
  guint parent;      /* place of the object or list that holds it */
  guint index;       /* its own number */
  const char *token; /* member name or decimal index, as in a JSON pointer; belongs to the chunk */
  TextSpan name;     /* with quotes; no span for an item of a list */
  TextSpan value;
} Place;

struct _LessonPlaces
{
  GPtrArray *places; /* of Place, by number */
  GTree *children;   /* Place to itself, ordered by parent and token */
  GStringChunk *tokens;
};

static int
compare_places (gconstpointer a, gconstpointer b, gpointer unused)
{
  const Place *left = a;
  const Place *right = b;

  if (left->parent != right->parent)
    return left->parent < right->parent ? -1 : 1;
  return strcmp (left->token, right->token);
}

static const Place *
get_place (const LessonPlaces *places, guint place)
{
  g_assert (place < places->places->len);
  return g_ptr_array_index (places->places, place);
}

/* A tree that holds the root alone. (transfer full) */
LessonPlaces *
lesson_places_new (void)
{
  LessonPlaces *places = g_new0 (LessonPlaces, 1);
  Place *root = g_new0 (Place, 1);

  places->places = g_ptr_array_new_with_free_func (g_free);
  places->children = g_tree_new_full (compare_places, NULL, NULL, NULL);
  places->tokens = g_string_chunk_new (4096);
  root->parent = LESSON_NO_PLACE;
  g_ptr_array_add (places->places, root);
  return places;
}

void
lesson_places_free (LessonPlaces *places)
{
  g_tree_unref (places->children);
  g_ptr_array_unref (places->places);
  g_string_chunk_free (places->tokens);
  g_free (places);
}

/* A new child of parent; its value comes later. LESSON_NO_PLACE when parent has a child of that token already. */
guint
lesson_places_add (LessonPlaces *places, guint parent, const char *token, TextSpan name)
{
  Place *place;

  if (lesson_places_child (places, parent, token) != LESSON_NO_PLACE)
    return LESSON_NO_PLACE;
  place = g_new0 (Place, 1);
  place->parent = parent;
  place->index = places->places->len;
  place->token = g_string_chunk_insert (places->tokens, token);
  place->name = name;
  g_ptr_array_add (places->places, place);
  g_tree_insert (places->children, place, place);
  return place->index;
}

void
lesson_places_set_value (LessonPlaces *places, guint place, TextSpan value)
{
  Place *known = g_ptr_array_index (places->places, place);

  known->value = value;
}

/* The member of that name, LESSON_NO_PLACE when there is none. */
guint
lesson_places_child (const LessonPlaces *places, guint place, const char *token)
{
  Place wanted = { .parent = place, .token = token };
  const Place *found = g_tree_lookup (places->children, &wanted);

  return found != NULL ? found->index : LESSON_NO_PLACE;
}

/* The item of a list, counted from 0; LESSON_NO_PLACE when there is none. */
guint
lesson_places_item (const LessonPlaces *places, guint place, guint index)
{
  char token[16];

  g_snprintf (token, sizeof token, "%u", index);
  return lesson_places_child (places, place, token);
}

/* One token of a JSON pointer with its escapes undone: `~1` is a slash, `~0` a tilde. (transfer full) */
static char *
dup_token (const char *begin, const char *end)
{
  GString *token = g_string_new (NULL);

  for (const char *p = begin; p < end; p++)
    {
      if (*p == '~' && p + 1 < end && (p[1] == '0' || p[1] == '1'))
        g_string_append_c (token, *++p == '1' ? '/' : '~');
      else
        g_string_append_c (token, *p);
    }
  return g_string_free (token, FALSE);
}

/* The place of a JSON pointer (RFC 6901) such as "/notes/0/anchor"; LESSON_NO_PLACE when nothing stands there. */
guint
lesson_places_find (const LessonPlaces *places, const char *pointer)
{
  guint place = LESSON_PLACE_ROOT;

  while (*pointer == '/' && place != LESSON_NO_PLACE)
    {
      const char *begin = pointer + 1;
      g_autofree char *token = NULL;

      pointer = begin + strcspn (begin, "/");
      token = dup_token (begin, pointer);
      place = lesson_places_child (places, place, token);
    }
  return place;
}

/* The member's name with its quotes; no span for the root and for items of lists. */
TextSpan
lesson_places_get_name (const LessonPlaces *places, guint place)
{
  return get_place (places, place)->name;
}

/* The whole value, brackets and quotes included. */
TextSpan
lesson_places_get_value (const LessonPlaces *places, guint place)
{
  return get_place (places, place)->value;
}

/* The value's first byte, which is what a caret shows of a whole object. */
TextSpan
lesson_places_get_start (const LessonPlaces *places, guint place)
{
  TextSpan value = get_place (places, place)->value;

  return (TextSpan){ value.begin, MIN (value.end, value.begin + 1) };
}
