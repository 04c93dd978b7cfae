/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The file of one tree: read, joined with what another program wrote, replaced as a whole. */

typedef struct
{
  char *folder;
  char *name;
  char *lesson_id;
  /* The file as it was when it was last read or written: another one is read again. All 0: none. */
  guint64 inode;
  gint64 size;
  gint64 modified; /* nanoseconds */
} LessonStoreFile;

typedef enum
{
  LESSON_STORE_FILE_FINE,    /* read; or it is not there */
  LESSON_STORE_FILE_SAME,    /* has not changed since the last time; not read */
  LESSON_STORE_FILE_BROKEN,  /* no JSON, or none of ours */
  LESSON_STORE_FILE_TROUBLE, /* error says why it cannot be read */
} LessonStoreFileState;

LessonStoreFile *lesson_store_file_new (const char *folder, const char *lesson_id);
void lesson_store_file_free (LessonStoreFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LessonStoreFile, lesson_store_file_free)

LessonStoreFileState lesson_store_file_read (LessonStoreFile *file, JsonObject **tree,
                                             GError **error);
gboolean lesson_store_file_save (LessonStoreFile *file, JsonObject *tree, gboolean *has_news,
                                 char **set_aside, GError **error);
gboolean lesson_store_file_set_aside (LessonStoreFile *file, char **set_aside, GError **error);

G_END_DECLS
