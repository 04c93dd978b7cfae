/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving. A change starts a timer; later changes do not put it off, so nothing waits longer than SAVE_MS. A thread
 * then joins and writes the files, since a disk far away can take seconds and typing must not wait for it. It works on copies
 * alone: the tree goes to it as text and comes back joined with what the file held. What cannot be saved is said once
 * for each cause, stays, and is tried again. */

#include "lesson-store-private.h"

#include "lesson-store-tree.h"

#define SAVE_MS 500
#define SAVE_AGAIN_MS 4000

/* One document on its way to its file. */
typedef struct
{
  LessonStoreDocument *document; /* the store's; not for the thread */
  guint n_changes;               /* that the text has in it */
  char *text;
  LessonStoreFile *file;

  /* What came of it. */
  JsonObject *tree; /* joined with the file's */
  gboolean is_saved;
  gboolean has_news;
  char *set_aside; /* where a broken file went, or NULL */
  GError *error;
} Job;

struct _LessonStoreSaving
{
  LessonStore *store;
  GPtrArray *jobs; /* of Job */
  GThread *thread;
  guint finished; /* source that the thread leaves behind */
};

static void
free_job (Job *job)
{
  g_free (job->text);
  lesson_store_file_free (job->file);
  g_clear_pointer (&job->tree, json_object_unref);
  g_free (job->set_aside);
  g_clear_error (&job->error);
  g_free (job);
}

static Job *
new_job (LessonStore *self, LessonStoreDocument *document)
{
  Job *job = g_new0 (Job, 1);
  gsize n_bytes;

  job->document = document;
  job->n_changes = document->n_changes;
  job->text = lesson_store_tree_print (document->tree, &n_bytes);
  job->file = lesson_store_file_new (self->folder, document->file->lesson_id);
  return job;
}

/* All that is not saved. */
static LessonStoreSaving *
new_saving (LessonStore *self)
{
  LessonStoreSaving *saving = g_new0 (LessonStoreSaving, 1);

  saving->store = self;
  saving->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify)free_job);
  for (guint i = 0; i < self->documents->len; i++)
    {
      LessonStoreDocument *document = g_ptr_array_index (self->documents, i);

      if (document->n_saved != document->n_changes)
        g_ptr_array_add (saving->jobs, new_job (self, document));
    }
  return saving;
}

static void
free_saving (LessonStoreSaving *saving)
{
  g_ptr_array_unref (saving->jobs);
  g_free (saving);
}

/* ---- in any thread ---- */

static void
do_job (Job *job)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  /* Our own text, so it needs no scan. */
  if (!json_parser_load_from_data (parser, job->text, -1, &job->error))
    return;
  job->tree = json_object_ref (json_node_get_object (json_parser_get_root (parser)));
  job->is_saved
      = lesson_store_file_save (job->file, job->tree, &job->has_news, &job->set_aside, &job->error);
}

/* A file that cannot be written does not keep the others from it. */
static void
do_jobs (LessonStoreSaving *saving)
{
  for (guint i = 0; i < saving->jobs->len; i++)
    do_job (g_ptr_array_index (saving->jobs, i));
}

/* ---- in the store's thread ---- */

static void
take_job (LessonStore *self, Job *job)
{
  LessonStoreDocument *document = job->document;

  _lesson_store_say_set_aside (self, job->set_aside);
  if (job->has_news && lesson_store_tree_join (document->tree, job->tree))
    {
      document->latest = lesson_store_tree_get_latest (document->tree);
      _lesson_store_say_changed (self, document);
    }
  if (!job->is_saved)
    return;
  document->n_saved = job->n_changes;
  /* What the file is now need not be read. */
  document->file->inode = job->file->inode;
  document->file->size = job->file->size;
  document->file->modified = job->file->modified;
}

static gboolean save_cb (gpointer data);

/* Takes what came of it, and frees it. FALSE: something is not saved. */
static gboolean
finish (LessonStore *self, LessonStoreSaving *saving, GError **error)
{
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < saving->jobs->len; i++)
    {
      Job *job = g_ptr_array_index (saving->jobs, i);

      take_job (self, job);
      if (first == NULL)
        first = g_steal_pointer (&job->error);
    }
  free_saving (saving);
  _lesson_store_set_trouble (self, first != NULL ? first->message : NULL);
  if (first == NULL)
    return TRUE;
  g_set_error_literal (error, first->domain, first->code, self->trouble);
  if (self->timer == 0)
    self->timer = g_timeout_add (SAVE_AGAIN_MS, save_cb, self);
  return FALSE;
}

static gboolean
finished_cb (gpointer data)
{
  LessonStoreSaving *saving = data;
  g_autoptr (LessonStore) self = g_object_ref (saving->store);

  g_thread_join (saving->thread);
  self->saving = NULL;
  finish (self, saving, NULL);
  return G_SOURCE_REMOVE;
}

static gpointer
save_in_thread (gpointer data)
{
  LessonStoreSaving *saving = data;

  do_jobs (saving);
  saving->finished = g_idle_add_full (G_PRIORITY_DEFAULT, finished_cb, saving, NULL);
  return NULL;
}

static gboolean
save_cb (gpointer data)
{
  LessonStore *self = data;
  LessonStoreSaving *saving;

  /* The disk is slow: what has changed since waits for the thread. */
  if (self->saving != NULL)
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  saving = new_saving (self);
  self->saving = saving;
  saving->thread = g_thread_try_new ("save", save_in_thread, saving, NULL);
  if (saving->thread == NULL)
    {
      self->saving = NULL;
      do_jobs (saving);
      finish (self, saving, NULL);
    }
  return G_SOURCE_REMOVE;
}

void
_lesson_store_touch (LessonStore *self, LessonStoreDocument *document)
{
  document->n_changes++;
  if (self->timer == 0)
    self->timer = g_timeout_add (SAVE_MS, save_cb, self);
  _lesson_store_say_changed (self, document);
}

/* Waits for what a thread is writing. */
static void
join_thread (LessonStore *self)
{
  LessonStoreSaving *saving = g_steal_pointer (&self->saving);

  if (saving == NULL)
    return;
  g_thread_join (saving->thread);
  g_source_remove (saving->finished);
  finish (self, saving, NULL);
}

gboolean
lesson_store_flush (LessonStore *self, GError **error)
{
  LessonStoreSaving *saving;

  g_return_val_if_fail (LESSON_IS_STORE (self), FALSE);
  join_thread (self);
  g_clear_handle_id (&self->timer, g_source_remove);
  saving = new_saving (self);
  do_jobs (saving);
  return finish (self, saving, error);
}
