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
  gint64 latest; /* the latest date in the tree */
  gboolean is_unsaved;
  gboolean is_unreadable; /* was said */
} LessonStoreDocument;

struct _LessonStore
{
  GObject parent_instance;

  char *folder;
  GPtrArray *documents; /* of LessonStoreDocument, in the order of their first use */
  guint timer;          /* source that will save, 0: none */
  char *trouble;        /* the sentence that was said last; NULL: all is well */

  /* What lesson_store_get_answer gave last. */
  LessonStoreAnswer answer;
  char **answer_words;
};

/* lesson-store.c: the tree as the file has it now, and what is not saved yet. (transfer none) */
LessonStoreDocument *_lesson_store_find (LessonStore *self, const char *lesson_id);
/* A date for a new fact in this tree: now, and later than all that the tree holds. */
gint64 _lesson_store_new_date (LessonStoreDocument *document);
void _lesson_store_touch (LessonStore *self, LessonStoreDocument *document);

G_END_DECLS
