/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a learner stops: one file below programs/stops for each row of the table. A line's STOPs stand at its end, as words behind
 * `//`, in the order of their instructions within that line. */

#include "ir/ir-text.h"
#include "lang/c/c-compile.h"

#include <string.h>

static gboolean
is_stop_word (const char *word)
{
  return strcmp (word, "enter") == 0 || strcmp (word, "stmt") == 0 || strcmp (word, "cond") == 0
         || strcmp (word, "exit") == 0;
}

/* The words of a line that are STOPs, a blank before each. (transfer full) */
static char *
dup_expected (const char *line)
{
  GString *list = g_string_new (NULL);
  const char *mark = strstr (line, "// ");
  g_auto (GStrv) words = g_strsplit (mark != NULL && mark > line ? mark + 3 : "", " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (is_stop_word (words[i]))
      g_string_append_printf (list, " %s", words[i]);
  return g_string_free (list, FALSE);
}

/* The STOPs of a program by line, each list as above. */
static GPtrArray *
list_stops (const IrProgram *program, TextMap *map, guint n_lines)
{
  GPtrArray *lines = g_ptr_array_new ();

  for (guint i = 0; i <= n_lines; i++)
    g_ptr_array_add (lines, g_string_new (NULL));
  for (guint f = 0; f < program->functions->len; f++)
    {
      const IrFunction *function = ir_program_get_function (program, f);

      for (guint b = 0; b < function->blocks->len; b++)
        {
          GPtrArray *instructions = ir_function_get_block (function, b)->instructions;

          for (guint i = 0; i < instructions->len; i++)
            {
              const IrInstruction *stop = g_ptr_array_index (instructions, i);

              if (stop->opcode == IR_STOP)
                g_string_append_printf (
                    g_ptr_array_index (lines, text_map_user_line (map, stop->span)), " %s",
                    ir_stop_kind_get_name (stop->id));
            }
        }
    }
  return lines;
}

static void
test_file (gconstpointer data)
{
  const char *path = data;
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autoptr (IrProgram) program = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GPtrArray) stops = NULL;
  gsize n_bytes;

  g_assert_true (g_file_get_contents (path, &text, &n_bytes, NULL));
  program = c_compile (map, path, text, n_bytes, diagnostics);
  g_assert_nonnull (program);
  g_assert_true (ir_verify (program, diagnostics));
  lines = g_strsplit (text, "\n", -1);
  stops = list_stops (program, map, g_strv_length (lines));
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *expected = dup_expected (lines[i]);
      GString *found = g_ptr_array_index (stops, i + 1);

      if (strcmp (found->str, expected) != 0)
        g_test_message ("line %u: %s", i + 1, lines[i]);
      g_assert_cmpstr (found->str, ==, expected);
    }
  /* Line 0 holds what is not in the learner's text. */
  g_assert_cmpstr (((GString *)g_ptr_array_index (stops, 0))->str, ==, "");
  for (guint i = 0; i < stops->len; i++)
    g_string_free (g_ptr_array_index (stops, i), TRUE);
}

int
main (int argc, char **argv)
{
  static const char *const names[] = {
    "entry",        "simple", "several-lines", "if",    "while",   "for",
    "body-on-line", "switch", "return",        "jumps", "library", "macros",
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_strconcat (names[i], ".c", NULL);
      g_autofree char *test = g_strconcat ("/c-stops/", names[i], NULL);

      g_test_add_data_func_full (
          test,
          g_build_filename (g_getenv ("HEAPWISE_TESTS"), "lang", "programs", "stops", file, NULL),
          test_file, g_free);
    }
  return g_test_run ();
}
