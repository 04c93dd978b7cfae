/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What leaves heapwise-cli: files, complaints, diagnostics. */

#include "cli.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One line on standard error that begins with the program's name. */
void
cli_complain (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list list;

  va_start (list, format);
  text = g_strdup_vprintf (format, list);
  va_end (list);
  fprintf (stderr, "heapwise-cli: %s\n", text);
}

void
cli_print_diagnostics (TextDiagnostics *diagnostics, TextMap *map)
{
  for (guint i = 0; i < diagnostics->list->len; i++)
    {
      g_autofree char *text
          = text_diagnostic_render (g_ptr_array_index (diagnostics->list, i), map);

      fputs (text, stderr);
    }
}

static gboolean
write_all (int to, const char *path, const guint8 *bytes, gsize n_bytes, GError **error)
{
  while (n_bytes > 0)
    {
      gssize n = write (to, bytes, n_bytes);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", path,
                       g_strerror (errno));
          return FALSE;
        }
      bytes += n;
      n_bytes -= n;
    }
  return TRUE;
}

/* A device or a pipe is written as it is: nothing can be put in its place. */
static gboolean
write_in_place (const char *path, const void *bytes, gsize n_bytes, GError **error)
{
  FILE *file = fopen (path, "we");
  gboolean is_right;

  if (file == NULL)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", path,
                   g_strerror (errno));
      return FALSE;
    }
  is_right = write_all (fileno (file), path, bytes, n_bytes, error);
  fclose (file);
  return is_right;
}

/* Writes a whole file by a temporary one beside it and a rename; NULL or "-" is standard output. */
gboolean
cli_write (const char *path, const void *bytes, gsize n_bytes, GError **error)
{
  struct stat status;

  if (path == NULL || strcmp (path, "-") == 0)
    {
      fflush (stdout);
      return write_all (STDOUT_FILENO, _ ("standard output"), bytes, n_bytes, error);
    }
  if (stat (path, &status) == 0 && !S_ISREG (status.st_mode))
    return write_in_place (path, bytes, n_bytes, error);
  return g_file_set_contents_full (path, bytes, n_bytes,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0666, error);
}
