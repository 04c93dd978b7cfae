/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs a fuzz target on each file of the folders named, without libFuzzer: what it found once stays mended. */

#include "fuzz.h"

#include <glib.h>

static GPtrArray *
list_files (const char *path)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_file_test (file, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add (files, g_steal_pointer (&file));
    }
  g_ptr_array_sort (files, (GCompareFunc)g_strcmp0);
  return files;
}

static void
test_file (gconstpointer file)
{
  g_autofree char *text = NULL;
  gsize n;

  g_assert_true (g_file_get_contents (file, &text, &n, NULL));
  g_assert_cmpint (LLVMFuzzerTestOneInput ((const uint8_t *)text, n), ==, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) folders
      = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);

  g_test_init (&argc, &argv, NULL);
  for (int i = 1; i < argc; i++)
    {
      GPtrArray *files = list_files (argv[i]);

      g_ptr_array_add (folders, files);
      g_assert_cmpuint (files->len, >, 0);
      for (guint k = 0; k < files->len; k++)
        {
          const char *file = g_ptr_array_index (files, k);
          g_autofree char *name = g_path_get_basename (file);
          g_autofree char *path = g_strdup_printf ("/replay/%d/%s", i, name);

          g_test_add_data_func (path, file, test_file);
        }
    }
  return g_test_run ();
}
