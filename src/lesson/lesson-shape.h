/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lesson-model.h"

G_BEGIN_DECLS

/* What each kind of object in a lesson looks like: a table of its members, which says where each one goes in the struct. One
 * walk along it checks an object and fills the struct; others clear it or lay one over another. */

typedef enum
{
  LESSON_TYPE_TEXT,    /* char *: a string */
  LESSON_TYPE_SLUG,    /* char *: a string of small letters, digits and single hyphens */
  LESSON_TYPE_PROSE,   /* char *: a string, or a list of lines, which a newline joins */
  LESSON_TYPE_SOURCE,  /* char *: a list of lines, each of which gets a newline */
  LESSON_TYPE_TEXTS,   /* char **: a list of strings */
  LESSON_TYPE_SLUGS,   /* char **: a list of slugs */
  LESSON_TYPE_PROSES,  /* char **: a list of prose */
  LESSON_TYPE_INTEGER, /* gint64; with words: minus their value */
  LESSON_TYPE_NUMBER,  /* double */
  LESSON_TYPE_BOOLEAN, /* gint */
  LESSON_TYPE_WORD,    /* an enum of lesson-word.h */
  LESSON_TYPE_WORDS,   /* GArray * of such an enum */
  LESSON_TYPE_OBJECT,  /* a struct, in place */
  LESSON_TYPE_LIST,    /* GPtrArray * of structs; never NULL */
  LESSON_TYPE_ANY,     /* JsonNode *, borrowed from the root */
} LessonType;

typedef struct _LessonShape LessonShape;

typedef struct
{
  const char *name;
  LessonType type;
  gsize offset; /* in the struct */
  gboolean required;
  /* Bounds of a number's value, a text's characters, a list's items; max 0: none. */
  gint64 min;
  gint64 max;
  gboolean is_power; /* a whole number must be a power of two */
  gint64 missing;    /* what a whole number, a truth value or a word is when it is not given */
  const char *const *words; /* of a word */
  const LessonShape *shape; /* of an object, or of each item of a list */
} LessonMember;

/* A struct begins with its place, and has its id behind that when has_id is set: then it begins as LessonNamed does. Ids are
 * unique in a list. */
typedef struct
{
  guint place;
  char *id;
} LessonNamed;

struct _LessonShape
{
  gsize size;
  const LessonMember *members;
  guint n_members;
  gboolean has_id;
  void (*clear) (gpointer data); /* (nullable): frees what no member names */
};

extern const LessonShape lesson_shape_lesson;
extern const LessonShape lesson_shape_machine;
extern const LessonShape lesson_shape_run;

void lesson_shape_init (const LessonShape *shape, gpointer data);
void lesson_shape_clear (const LessonShape *shape, gpointer data);
void lesson_shape_overlay (const LessonShape *shape, gpointer data, gconstpointer over);
gpointer lesson_shape_add_item (const LessonShape *shape, GPtrArray *list);
const LessonMember *lesson_shape_find_member (const LessonShape *shape, const char *name);

G_END_DECLS
