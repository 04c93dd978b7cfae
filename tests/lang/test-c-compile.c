/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Programs that must be rejected, each in a file below programs/. A line that is wrong ends with `// error[code]`; there may
 * be no error anywhere else. What gcc 12 says stands at the file's end. */

#include "ir/ir-text.h"
#include "lang/c/c-compile.h"

#include <string.h>

/* The errors that the text announces, as "line code" each. (transfer full) */
static GString *
list_expected (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *list = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *mark = strstr (lines[i], "// error[");

      if (mark != NULL)
        g_string_append_printf (list, "%u %.*s\n", i + 1, (int)strcspn (mark + 9, "]"), mark + 9);
    }
  return list;
}

/* The errors that were found, in the same form. (transfer full) */
static GString *
list_found (TextMap *map, const TextDiagnostics *diagnostics)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < diagnostics->list->len; i++)
    {
      const TextDiagnostic *diagnostic = g_ptr_array_index (diagnostics->list, i);

      if (diagnostic->severity == TEXT_SEVERITY_ERROR)
        g_string_append_printf (list, "%u %s\n", text_map_user_line (map, diagnostic->span),
                                diagnostic->code);
    }
  return list;
}

static void
test_file (gconstpointer data)
{
  const char *path = data;
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autofree char *text = NULL;
  gsize n_bytes;
  IrProgram *program;
  GString *expected, *found;

  g_assert_true (g_file_get_contents (path, &text, &n_bytes, NULL));
  program = c_compile (map, path, text, n_bytes, diagnostics);
  g_assert_null (program);
  expected = list_expected (text);
  found = list_found (map, diagnostics);
  g_assert_cmpstr (found->str, ==, expected->str);
  g_assert_cmpint (text_diagnostics_are_unsupported (diagnostics), ==,
                   strstr (path, "/unsupported/") != NULL);
  for (guint i = 0; i < diagnostics->list->len; i++)
    g_free (text_diagnostic_render (g_ptr_array_index (diagnostics->list, i), map));
  g_string_free (expected, TRUE);
  g_string_free (found, TRUE);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static void
add_folder (const char *folder)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("HEAPWISE_TESTS"), "lang", "programs", folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".c"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      const char *file = g_ptr_array_index (names, i);
      g_autofree char *test = g_strdup_printf ("/c-compile/%s/%s", folder, file);

      g_test_add_data_func_full (test, g_build_filename (path, file, NULL), test_file, g_free);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_folder ("rejected");
  add_folder ("unsupported");
  return g_test_run ();
}
