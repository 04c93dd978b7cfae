/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lesson-store-file.h"
#include "lesson-store.h"

G_BEGIN_DECLS

/* One tree and its file. */
typedef struct
{
  LessonStoreFile *file;
  JsonObject *tree;
  gint64 latest;          /* the latest date in the tree */
  guint n_changes;        /* so far */
  guint n_saved;          /* of them */
  gboolean is_unreadable; /* was said */
} LessonStoreDocument;

typedef struct _LessonStoreSaving LessonStoreSaving;

struct _LessonStore
{
  GObject parent_instance;

  char *folder;
  GPtrArray *documents; /* of LessonStoreDocument, in the order of their first use */
  char *trouble;        /* the sentence that was said last; NULL: all is well */

  guint timer;               /* source that will save, 0: none */
  LessonStoreSaving *saving; /* what another thread writes at this moment, NULL: nothing */

  /* What lesson_store_get_answer gave last. */
  LessonStoreAnswer answer;
  char **answer_words;
};

/* lesson-store.c: the tree as the file has it now, and what is not saved yet. (transfer none) */
LessonStoreDocument *_lesson_store_find (LessonStore *self, const char *lesson_id);
/* A date for a new fact in this tree: now, and later than all that the tree holds. */
gint64 _lesson_store_new_date (LessonStoreDocument *document);
void _lesson_store_set_trouble (LessonStore *self, const char *reason);
void _lesson_store_say_set_aside (LessonStore *self, const char *path);
void _lesson_store_say_changed (LessonStore *self, LessonStoreDocument *document);

/* lesson-store-save.c */
void _lesson_store_touch (LessonStore *self, LessonStoreDocument *document);

G_END_DECLS
