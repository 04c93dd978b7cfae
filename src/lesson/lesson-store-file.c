/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file of one tree.
 *
 * Written to a temporary file beside it, which is brought to the disk and then renamed: a reader sees the old file or the new
 * one, at any moment and after a crash. Who writes holds the lock of the folder and has joined what the file holds by then,
 * so two writers lose nothing. A file that is not understood is renamed, and never written over. */

#include "lesson-store-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lesson-bytes.h"
#include "lesson-scan.h"
#include "lesson-store-tree.h"
#include "text/text-message.h"

#define MAX_ID_IN_NAME 120
#define MAX_SET_ASIDE 1000
#define MAX_TRIES 200     /* kept of each question */
#define MAX_TRIES_TIGHT 5 /* where the file would be too large */
#define LOCK_TRIES 25
#define LOCK_WAIT_US 10000

/* A name that any file system takes: the id with %XX for what is not plain, a checksum for a long one. */
static char *
dup_name (const char *lesson_id)
{
  g_autofree char *escaped = g_uri_escape_string (lesson_id, NULL, FALSE);

  if (*lesson_id == '\0')
    return g_strdup ("recent.json");
  if (strlen (escaped) > MAX_ID_IN_NAME)
    {
      g_free (escaped);
      escaped = g_compute_checksum_for_string (G_CHECKSUM_SHA256, lesson_id, -1);
    }
  return g_strconcat ("lesson-", escaped, ".json", NULL);
}

LessonStoreFile *
lesson_store_file_new (const char *folder, const char *lesson_id)
{
  LessonStoreFile *file = g_new0 (LessonStoreFile, 1);

  file->folder = g_strdup (folder);
  file->name = dup_name (lesson_id);
  file->lesson_id = g_strdup (lesson_id);
  return file;
}

void
lesson_store_file_free (LessonStoreFile *file)
{
  g_free (file->folder);
  g_free (file->name);
  g_free (file->lesson_id);
  g_free (file);
}

static gboolean
set_error (GError **error, int number, const char *path)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "%s: %s", path,
               g_strerror (number));
  return FALSE;
}

static char *
dup_path (const LessonStoreFile *file)
{
  return g_build_filename (file->folder, file->name, NULL);
}

/* ---- reading ---- */

/* Notes what the file is now. TRUE: that is what it was. */
static gboolean
note_status (LessonStoreFile *file, const char *path)
{
  struct stat status = { 0 };
  gint64 modified;
  gboolean is_same;

  if (g_stat (path, &status) != 0)
    memset (&status, 0, sizeof status);
  modified = (gint64)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec;
  is_same
      = file->inode == status.st_ino && file->size == status.st_size && file->modified == modified;
  file->inode = status.st_ino;
  file->size = status.st_size;
  file->modified = modified;
  return is_same;
}

/* json-glib gets only what the strict scan has let through. NULL: it is no JSON, or not ours. */
static JsonObject *
parse_tree (const char *bytes, gsize n_bytes, const char *lesson_id)
{
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  guint32 base = text_map_add (map, "progress", bytes, n_bytes, TEXT_ORIGIN_USER);
  g_autoptr (LessonPlaces) places = lesson_scan (map, base, diagnostics);
  g_autoptr (JsonParser) parser = json_parser_new ();
  const char *reason;

  if (places == NULL || !json_parser_load_from_data (parser, bytes, n_bytes, NULL)
      || !lesson_store_tree_check (json_parser_get_root (parser), lesson_id, &reason))
    return NULL;
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

/* Reads the file, if it is another one than the last time. *tree is NULL unless it is FINE and there (transfer full). */
LessonStoreFileState
lesson_store_file_read (LessonStoreFile *file, JsonObject **tree, GError **error)
{
  g_autofree char *path = dup_path (file);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) trouble = NULL;
  gsize n_bytes;

  *tree = NULL;
  if (note_status (file, path))
    return LESSON_STORE_FILE_SAME;
  bytes = lesson_bytes_read (path, LESSON_MAX_BYTES, &n_bytes, &trouble);
  if (g_error_matches (trouble, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return LESSON_STORE_FILE_FINE;
  if (g_error_matches (trouble, G_IO_ERROR, G_IO_ERROR_NO_SPACE)
      || g_error_matches (trouble, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY)
      || g_error_matches (trouble, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE))
    return LESSON_STORE_FILE_BROKEN; /* too large, or no file: none of ours */
  if (trouble != NULL)
    {
      file->inode = 0;
      file->size = -1; /* so that it is tried again */
      g_propagate_error (error, g_steal_pointer (&trouble));
      return LESSON_STORE_FILE_TROUBLE;
    }
  *tree = parse_tree (bytes, n_bytes, file->lesson_id);
  return *tree != NULL ? LESSON_STORE_FILE_FINE : LESSON_STORE_FILE_BROKEN;
}

/* ---- the lock ---- */

/* One for the whole folder, let go by the kernel when its holder ends, however that happens. Returns a descriptor, or -1. */
static int
lock_folder (LessonStoreFile *file, GError **error)
{
  g_autofree char *path = g_build_filename (file->folder, "lock", NULL);
  g_autoptr (TextMessage) busy = text_message_new (TEXT_STORE_BUSY, "s", path);
  g_autofree char *words = NULL;
  int descriptor;

  if (g_mkdir_with_parents (file->folder, 0700) != 0)
    {
      set_error (error, errno, file->folder);
      return -1;
    }
  descriptor = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0)
    {
      set_error (error, errno, path);
      return -1;
    }
  for (int i = 0; i < LOCK_TRIES; i++)
    {
      /* A file system without locks: the file is read once more right before it is replaced, which has to do. */
      if (flock (descriptor, LOCK_EX | LOCK_NB) == 0 || (errno != EWOULDBLOCK && errno != EINTR))
        return descriptor;
      g_usleep (LOCK_WAIT_US);
    }
  close (descriptor);
  words = text_message_word (busy);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, words);
  return -1;
}

/* ---- setting aside ---- */

/* With the lock held. */
static gboolean
rename_broken (LessonStoreFile *file, char **set_aside, GError **error)
{
  g_autofree char *path = dup_path (file);

  for (int i = 1; i <= MAX_SET_ASIDE; i++)
    {
      g_autofree char *other = g_strdup_printf ("%s.broken-%d", path, i);

      if (g_file_test (other, G_FILE_TEST_EXISTS) || g_file_test (other, G_FILE_TEST_IS_SYMLINK))
        continue;
      if (g_rename (path, other) != 0)
        return set_error (error, errno, path);
      *set_aside = g_steal_pointer (&other);
      note_status (file, path);
      return TRUE;
    }
  return set_error (error, EEXIST, path);
}

/* Renames the file, unless it has become readable meanwhile: then *set_aside stays NULL, and it is to be read again. */
gboolean
lesson_store_file_set_aside (LessonStoreFile *file, char **set_aside, GError **error)
{
  int lock = lock_folder (file, error);
  JsonObject *tree = NULL;
  gboolean is_done = TRUE;

  *set_aside = NULL;
  if (lock < 0)
    return FALSE;
  file->size = -1;
  if (lesson_store_file_read (file, &tree, NULL) == LESSON_STORE_FILE_BROKEN)
    is_done = rename_broken (file, set_aside, error);
  else
    file->size = -1;
  g_clear_pointer (&tree, json_object_unref);
  close (lock);
  return is_done;
}

/* ---- writing ---- */

static gboolean
write_all (int descriptor, const char *bytes, gsize n_bytes)
{
  while (n_bytes > 0)
    {
      gssize n = write (descriptor, bytes, n_bytes);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      bytes += n;
      n_bytes -= n;
    }
  return fsync (descriptor) == 0;
}

/* The name is on the disk only when its folder is. */
static void
sync_folder (const char *folder)
{
  int descriptor = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (descriptor < 0)
    return;
  (void)fsync (descriptor);
  close (descriptor);
}

/* With the lock held, so that nobody else uses the temporary file; one that a crash left is overwritten. */
static gboolean
replace_file (LessonStoreFile *file, const char *bytes, gsize n_bytes, GError **error)
{
  g_autofree char *path = dup_path (file);
  g_autofree char *temporary = g_strconcat (path, ".new", NULL);
  int number = 0;
  int descriptor = g_open (temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (descriptor < 0)
    return set_error (error, errno, path);
  if (!write_all (descriptor, bytes, n_bytes))
    number = errno;
  if (close (descriptor) != 0 && number == 0)
    number = errno;
  if (number == 0 && g_rename (temporary, path) != 0)
    number = errno;
  if (number != 0)
    {
      g_unlink (temporary);
      return set_error (error, number, path);
    }
  sync_folder (file->folder);
  note_status (file, path);
  return TRUE;
}

/* A file that the scan would refuse must not be written. */
static char *
print_tree (JsonObject *tree, gsize *n_bytes, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *words = NULL;
  g_autoptr (TextMessage) message = NULL;

  lesson_store_tree_trim (tree, MAX_TRIES);
  text = lesson_store_tree_print (tree, n_bytes);
  if (*n_bytes <= LESSON_MAX_BYTES)
    return g_steal_pointer (&text);
  lesson_store_tree_trim (tree, MAX_TRIES_TIGHT);
  g_free (text);
  text = lesson_store_tree_print (tree, n_bytes);
  if (*n_bytes <= LESSON_MAX_BYTES)
    return g_steal_pointer (&text);
  message = text_message_new (TEXT_STORE_TOO_LARGE, "i", (gint64)LESSON_MAX_BYTES);
  words = text_message_word (message);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, words);
  return NULL;
}

/* Joins what stands in the file now; a broken one is set aside. */
static gboolean
join_file (LessonStoreFile *file, JsonObject *tree, gboolean *has_news, char **set_aside,
           GError **error)
{
  JsonObject *theirs = NULL;

  /* Read in any case: two writers in one tick of the file system's clock can leave the same inode, size and date. */
  file->size = -1;
  switch (lesson_store_file_read (file, &theirs, error))
    {
    case LESSON_STORE_FILE_FINE:
      *has_news = theirs != NULL && lesson_store_tree_join (tree, theirs);
      g_clear_pointer (&theirs, json_object_unref);
      return TRUE;
    case LESSON_STORE_FILE_SAME:
      return TRUE;
    case LESSON_STORE_FILE_BROKEN:
      return rename_broken (file, set_aside, error);
    case LESSON_STORE_FILE_TROUBLE:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

/* Replaces the file by the tree, after the tree has taken in what the file holds. has_news: that was something. set_aside: where a
 * broken file went (transfer full) (nullable). FALSE: the file is as it was, and error says why. */
gboolean
lesson_store_file_save (LessonStoreFile *file, JsonObject *tree, gboolean *has_news,
                        char **set_aside, GError **error)
{
  int lock = lock_folder (file, error);
  g_autofree char *text = NULL;
  gsize n_bytes;
  gboolean is_saved;

  *has_news = FALSE;
  *set_aside = NULL;
  if (lock < 0)
    return FALSE;
  is_saved = join_file (file, tree, has_news, set_aside, error)
             && (text = print_tree (tree, &n_bytes, error)) != NULL
             && replace_file (file, text, n_bytes, error);
  close (lock);
  return is_saved;
}
