/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bytes of a file from strangers: a regular file of bounded size, and nothing that waits or never ends. */

#include "lesson-bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void
set_error (GError **error, int number, const char *path)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "%s: %s", path,
               g_strerror (number));
}

static gboolean
check_kind (int descriptor, const char *path, gsize max_bytes, GError **error)
{
  struct stat status;

  if (fstat (descriptor, &status) != 0)
    set_error (error, errno, path);
  else if (S_ISDIR (status.st_mode))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, _ ("%s is a folder, not a file"),
                 path);
  else if (!S_ISREG (status.st_mode))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, _ ("%s is not a regular file"),
                 path);
  else if ((guint64)status.st_size > max_bytes)
    /* Translators: the name of a file and a number of bytes. */
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                 _ ("%s is too large: a file may have %" PRIu64 " bytes"), path,
                 (guint64)max_bytes);
  else
    return TRUE;
  return FALSE;
}

/* Appends up to max_bytes: a file that grows meanwhile is read as far as that. */
static gboolean
read_descriptor (int descriptor, GString *text, const char *path, gsize max_bytes, GError **error)
{
  char buffer[16384];

  while (text->len < max_bytes)
    {
      gssize n = read (descriptor, buffer, MIN (sizeof buffer, max_bytes - text->len));

      if (n == 0)
        break;
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          set_error (error, errno, path);
          return FALSE;
        }
      g_string_append_len (text, buffer, n);
    }
  return TRUE;
}

/* The whole file with a NUL byte behind it, or NULL and a GIOError whose message names the file: not there, not readable, a
 * folder, a device, larger than max_bytes. (transfer full) */
char *
lesson_bytes_read (const char *path, gsize max_bytes, gsize *n_bytes, GError **error)
{
  /* Without O_NONBLOCK a named pipe would wait here for its writer. */
  int descriptor = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean is_read;

  if (descriptor < 0)
    {
      set_error (error, errno, path);
      return NULL;
    }
  is_read = check_kind (descriptor, path, max_bytes, error)
            && read_descriptor (descriptor, text, path, max_bytes, error);
  close (descriptor);
  if (!is_read)
    return NULL;
  *n_bytes = text->len;
  return g_string_free (g_steal_pointer (&text), FALSE);
}
