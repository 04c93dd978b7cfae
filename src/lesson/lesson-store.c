/* SPDX-License-Identifier: GPL-3.0-or-later */

/* LessonStore: trees in memory, what other stores have written since, and what is said when something is wrong. What stands in
 * the trees is set and read in lesson-store-answers.c and lesson-store-places.c; they are saved in lesson-store-save.c. */

#include "lesson-store-private.h"

#include "lesson-store-tree.h"
#include "text/text-message.h"

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
void
_lesson_store_set_trouble (LessonStore *self, const char *reason)
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

void
_lesson_store_say_set_aside (LessonStore *self, const char *path)
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
    _lesson_store_say_set_aside (self, path);
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

void
_lesson_store_say_changed (LessonStore *self, LessonStoreDocument *document)
{
  g_signal_emit (self, signals[CHANGED], 0, document->file->lesson_id);
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
    lesson_store_flush (self, NULL);
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
