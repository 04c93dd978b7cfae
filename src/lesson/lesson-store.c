/* SPDX-License-Identifier: GPL-3.0-or-later */

/* LessonStore: trees in memory, and when they go to their files and come back. What stands in the trees is set and read in
 * lesson-store-answers.c and lesson-store-places.c.
 *
 * A change starts a timer; later changes do not put it off, so nothing waits longer than SAVE_MS. What cannot be
 * saved is said once for each cause, stays, and is tried again. */

#include "lesson-store-private.h"

#include "lesson-store-tree.h"
#include "text/text-message.h"

#define SAVE_MS 500
#define SAVE_AGAIN_MS 4000

G_DEFINE_FINAL_TYPE (LessonStore, lesson_store, G_TYPE_OBJECT)

enum
{
  TROUBLE,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
free_document (LessonStoreDocument *document)
{
  lesson_store_file_free (document->file);
  json_object_unref (document->tree);
  g_free (document);
}

/* ---- saying what is wrong ---- */

static void
say (LessonStore *self, TextMessageId id, const char *argument)
{
  g_autoptr (TextMessage) message = text_message_new (id, "s", argument);
  g_autofree char *sentence = text_message_word (message);

  g_signal_emit (self, signals[TROUBLE], 0, sentence);
}

/* What keeps things from being saved is said when it begins or changes; NULL: it is over. */
static void
set_trouble (LessonStore *self, const char *reason)
{
  g_autoptr (TextMessage) message
      = reason != NULL ? text_message_new (TEXT_STORE_UNSAVED, "s", reason) : NULL;
  g_autofree char *sentence = message != NULL ? text_message_word (message) : NULL;

  if (g_strcmp0 (sentence, self->trouble) == 0)
    return;
  g_free (self->trouble);
  self->trouble = g_strdup (sentence);
  g_signal_emit (self, signals[TROUBLE], 0, sentence);
}

static void
say_set_aside (LessonStore *self, const char *path)
{
  g_autofree char *name = path != NULL ? g_filename_display_name (path) : NULL;

  if (name != NULL)
    say (self, TEXT_STORE_SET_ASIDE, name);
}

/* Once for each document: it is tried again with every look. */
static void
say_unreadable (LessonStore *self, LessonStoreDocument *document, const char *reason)
{
  if (!document->is_unreadable)
    say (self, TEXT_STORE_UNREADABLE, reason);
  document->is_unreadable = TRUE;
}

/* ---- from the files ---- */

static void
set_aside (LessonStore *self, LessonStoreDocument *document)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (lesson_store_file_set_aside (document->file, &path, &error))
    say_set_aside (self, path);
  else
    say_unreadable (self, document, error->message);
}

/* Takes in what another store has written since. */
static void
refresh (LessonStore *self, LessonStoreDocument *document)
{
  JsonObject *theirs = NULL;
  g_autoptr (GError) error = NULL;

  switch (lesson_store_file_read (document->file, &theirs, &error))
    {
    case LESSON_STORE_FILE_SAME:
      break;
    case LESSON_STORE_FILE_FINE:
      document->is_unreadable = FALSE;
      if (theirs != NULL && lesson_store_tree_join (document->tree, theirs))
        document->latest = lesson_store_tree_get_latest (document->tree);
      break;
    case LESSON_STORE_FILE_BROKEN:
      set_aside (self, document);
      break;
    case LESSON_STORE_FILE_TROUBLE:
      say_unreadable (self, document, error->message);
      break;
    }
  g_clear_pointer (&theirs, json_object_unref);
}

LessonStoreDocument *
_lesson_store_find (LessonStore *self, const char *lesson_id)
{
  LessonStoreDocument *document = NULL;

  for (guint i = 0; document == NULL && i < self->documents->len; i++)
    {
      LessonStoreDocument *other = g_ptr_array_index (self->documents, i);

      if (g_str_equal (other->file->lesson_id, lesson_id))
        document = other;
    }
  if (document == NULL)
    {
      document = g_new0 (LessonStoreDocument, 1);
      document->file = lesson_store_file_new (self->folder, lesson_id);
      document->tree = lesson_store_tree_new (lesson_id);
      g_ptr_array_add (self->documents, document);
    }
  refresh (self, document);
  return document;
}

gint64
_lesson_store_new_date (LessonStoreDocument *document)
{
  gint64 date = MAX (g_get_real_time (), document->latest + 1);

  document->latest = MIN (date, LESSON_STORE_MAX_NUMBER);
  return document->latest;
}

/* ---- to the files ---- */

/* TRUE: it is saved. */
static gboolean
save (LessonStore *self, LessonStoreDocument *document, GError **error)
{
  g_autofree char *path = NULL;
  gboolean has_news;
  gboolean is_saved
      = lesson_store_file_save (document->file, document->tree, &has_news, &path, error);

  if (is_saved)
    document->is_unsaved = FALSE;
  say_set_aside (self, path);
  if (has_news)
    {
      document->latest = lesson_store_tree_get_latest (document->tree);
      g_signal_emit (self, signals[CHANGED], 0, document->file->lesson_id);
    }
  return is_saved;
}

/* A file that cannot be written does not keep the others from it. */
static gboolean
save_all (LessonStore *self, GError **error)
{
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < self->documents->len; i++)
    {
      LessonStoreDocument *document = g_ptr_array_index (self->documents, i);
      GError *next = NULL;

      if (!document->is_unsaved || save (self, document, &next))
        continue;
      if (first == NULL)
        first = next;
      else
        g_error_free (next);
    }
  set_trouble (self, first != NULL ? first->message : NULL);
  if (first == NULL)
    return TRUE;
  g_set_error_literal (error, first->domain, first->code, self->trouble);
  return FALSE;
}

static gboolean
save_cb (gpointer data)
{
  LessonStore *self = data;

  self->timer = 0;
  if (!save_all (self, NULL) && self->timer == 0)
    self->timer = g_timeout_add (SAVE_AGAIN_MS, save_cb, self);
  return G_SOURCE_REMOVE;
}

void
_lesson_store_touch (LessonStore *self, LessonStoreDocument *document)
{
  document->is_unsaved = TRUE;
  if (self->timer == 0)
    self->timer = g_timeout_add (SAVE_MS, save_cb, self);
  g_signal_emit (self, signals[CHANGED], 0, document->file->lesson_id);
}

gboolean
lesson_store_flush (LessonStore *self, GError **error)
{
  g_return_val_if_fail (LESSON_IS_STORE (self), FALSE);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (save_all (self, error))
    return TRUE;
  if (self->timer == 0)
    self->timer = g_timeout_add (SAVE_AGAIN_MS, save_cb, self);
  return FALSE;
}

const char *
lesson_store_get_trouble (LessonStore *self)
{
  g_return_val_if_fail (LESSON_IS_STORE (self), NULL);
  return self->trouble;
}

/* ---- object ---- */

static void
lesson_store_dispose (GObject *object)
{
  LessonStore *self = LESSON_STORE (object);

  if (self->documents != NULL)
    save_all (self, NULL);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  G_OBJECT_CLASS (lesson_store_parent_class)->dispose (object);
}

static void
lesson_store_finalize (GObject *object)
{
  LessonStore *self = LESSON_STORE (object);

  g_free (self->folder);
  g_free (self->trouble);
  g_strfreev (self->answer_words);
  G_OBJECT_CLASS (lesson_store_parent_class)->finalize (object);
}

static void
lesson_store_class_init (LessonStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lesson_store_dispose;
  object_class->finalize = lesson_store_finalize;
  signals[TROUBLE] = g_signal_new ("trouble", LESSON_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CHANGED] = g_signal_new ("changed", LESSON_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lesson_store_init (LessonStore *self)
{
  self->documents = g_ptr_array_new_with_free_func ((GDestroyNotify)free_document);
}

LessonStore *
lesson_store_new (const char *folder)
{
  LessonStore *self = g_object_new (LESSON_TYPE_STORE, NULL);

  self->folder = folder != NULL
                     ? g_strdup (folder)
                     : g_build_filename (g_get_user_data_dir (), "heapwise", "progress", NULL);
  return self;
}
