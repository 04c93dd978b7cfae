/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lesson-model.h"

G_BEGIN_DECLS

/* What one person did: answers, edits, places, files opened. Kept in a folder, one file for each lesson.
 *
 * Everything set here can be read back at once. It is written by itself at most one second later (a main loop must run;
 * without one call lesson_store_flush), and when the last reference goes. Two stores on one folder, in one process or two,
 * join what they know. Of each question the last 200 answers are kept.
 *
 * Signals:
 *   trouble (const char *sentence)  something could not be saved or read; the sentence says what, and what happens now. Once
 *                                   for each cause. All stays in memory and is tried again. NULL: it is saved after all.
 *   changed (const char *lesson_id) what is known of that lesson has changed, by this store or by another; "": the recent files. */

#define LESSON_TYPE_STORE (lesson_store_get_type ())
G_DECLARE_FINAL_TYPE (LessonStore, lesson_store, LESSON, STORE, GObject)

typedef enum
{
  LESSON_STORE_RIGHT,
  LESSON_STORE_WRONG,
  LESSON_STORE_SHOWN,   /* the learner asked for the answer */
  LESSON_STORE_SKIPPED, /* went on without one */
} LessonStoreResult;

typedef struct
{
  const char *const *answer; /* the last one; NULL-terminated, may be empty */
  LessonStoreResult result;  /* of the last one */
  guint
      n_tries; /* answers given to the question as it is now, right or wrong; not shown, not skipped */
  gboolean was_right; /* one of them was right */
  gboolean
      is_changed; /* all of this was about an older wording of the question, and n_tries is 0 */
  double seconds; /* that the last one took */
  gint64 at;      /* when: microseconds since 1970, UTC */
} LessonStoreAnswer;

typedef struct
{
  guint n_questions; /* of the lesson; 0 when it was not given */
  guint n_right;     /* questions answered right, at any time */
  guint n_seen;      /* questions with any answer, shown or skipped */
  gint64 opened;     /* microseconds since 1970, UTC; 0: never */
} LessonStoreProgress;

typedef struct
{
  char *path;
  char *title; /* may be NULL */
  gint64 at;   /* microseconds since 1970, UTC */
} LessonStoreRecent;

/* folder: made when the first thing is written; NULL: "heapwise/progress" in the user's data folder. Nothing is read yet. */
LessonStore *lesson_store_new (const char *folder);

/* The id of a program that belongs to no lesson: stands where an id of a lesson does below. (transfer full) */
char *lesson_store_dup_file_id (const char *path);

/* answer: NULL is an empty one. seconds: below 0 or not finite counts as 0. */
void lesson_store_answer (LessonStore *self, const char *lesson_id, const LessonQuestion *question,
                          const char *const *answer, LessonStoreResult result, double seconds);
/* (transfer none) (nullable): NULL, there is none; it is valid until the next call that takes this store. */
const LessonStoreAnswer *lesson_store_get_answer (LessonStore *self, const char *lesson_id,
                                                  const LessonQuestion *question);
/* The hints that were shown of a question or challenge, by its id. */
void lesson_store_set_hints (LessonStore *self, const char *lesson_id, const char *id, guint n);
guint lesson_store_get_hints (LessonStore *self, const char *lesson_id, const char *id);

/* The learner's version of a program, UTF-8; NULL: start over with the lesson's own. */
void lesson_store_set_source (LessonStore *self, const char *lesson_id, const char *program_id,
                              const char *source);
/* (transfer full) (nullable) */
char *lesson_store_dup_source (LessonStore *self, const char *lesson_id, const char *program_id);

/* Where the learner was in a run, and in which run. run_id of get: NULL, the run that was set last. */
void lesson_store_set_position (LessonStore *self, const char *lesson_id, const char *run_id,
                                guint64 step);
gboolean lesson_store_get_position (LessonStore *self, const char *lesson_id, const char *run_id,
                                    guint64 *step);
/* The run that was set last. (transfer full) (nullable) */
char *lesson_store_dup_run (LessonStore *self, const char *lesson_id);

/* Says that a lesson is opened now: the date of its card, and the last lesson. path, title: for the recent files; path may be NULL. */
void lesson_store_open (LessonStore *self, const char *lesson_id, const char *path,
                        const char *title);
/* questions: of LessonQuestion; NULL: all that were ever answered are counted. */
void lesson_store_get_progress (LessonStore *self, const char *lesson_id,
                                const GPtrArray *questions, LessonStoreProgress *progress);
/* Newest first, at most 20. (transfer container) (element-type LessonStoreRecent) */
GPtrArray *lesson_store_list_recent (LessonStore *self);
void lesson_store_forget_recent (LessonStore *self, const char *path);
/* (transfer full) (nullable): the id, and the path that it was opened from. */
char *lesson_store_dup_last_lesson (LessonStore *self, char **path);

/* Writes now what is not written yet. FALSE: something is not; error is the same sentence that `trouble` says. */
gboolean lesson_store_flush (LessonStore *self, GError **error);
/* The sentence that was said last, until it is saved after all. (transfer none) (nullable) */
const char *lesson_store_get_trouble (LessonStore *self);

G_END_DECLS
