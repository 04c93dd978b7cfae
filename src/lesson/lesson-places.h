/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/text-source.h"

G_BEGIN_DECLS

/* Where each value of a JSON file stands: a tree of places beside the tree of values, since json-glib's nodes do not know
 * theirs. A place is a number; the file's outermost value is LESSON_PLACE_ROOT. */

#define LESSON_PLACE_ROOT 0u
#define LESSON_NO_PLACE G_MAXUINT

typedef struct _LessonPlaces LessonPlaces;

LessonPlaces *lesson_places_new (void);
void lesson_places_free (LessonPlaces *places);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LessonPlaces, lesson_places_free)

guint lesson_places_add (LessonPlaces *places, guint parent, const char *token, TextSpan name);
void lesson_places_set_value (LessonPlaces *places, guint place, TextSpan value);

guint lesson_places_child (const LessonPlaces *places, guint place, const char *token);
guint lesson_places_item (const LessonPlaces *places, guint place, guint index);
guint lesson_places_find (const LessonPlaces *places, const char *pointer);
TextSpan lesson_places_get_name (const LessonPlaces *places, guint place);
TextSpan lesson_places_get_value (const LessonPlaces *places, guint place);
TextSpan lesson_places_get_start (const LessonPlaces *places, guint place);

G_END_DECLS
