/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `heapwise-cli lint`: what is wrong with lesson files, and whether their programs compile. */

#include "cli.h"

#include "lesson/lesson-file.h"

#include <glib/gi18n-lib.h>

/* Findings of one file. */
typedef struct
{
  guint n_errors, n_warnings;
} Findings;

static void
count (Findings *findings, const TextDiagnostics *diagnostics)
{
  for (guint i = 0; i < diagnostics->list->len; i++)
    {
      const TextDiagnostic *diagnostic = g_ptr_array_index (diagnostics->list, i);

      if (diagnostic->severity == TEXT_SEVERITY_ERROR)
        findings->n_errors++;
      else
        findings->n_warnings++;
    }
}

static int
lint_file (const CliOptions *options, const char *path)
{
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (Lesson) lesson = lesson_load (map, path, diagnostics, &error);
  Findings findings = { 0, 0 };

  if (error != NULL)
    {
      cli_complain ("%s", error->message);
      return CLI_USAGE;
    }
  cli_print_diagnostics (diagnostics, map);
  count (&findings, diagnostics);
  if (findings.n_errors > 0 || (options->strict && findings.n_warnings > 0))
    return CLI_REJECTED;
  return CLI_FINE;
}

/* 0: nothing wrong; 1: something is; 2: a file cannot be read. */
int
cli_lint (const CliOptions *options)
{
  int status = CLI_FINE;

  for (guint i = 0; options->files[i] != NULL; i++)
    {
      int one = lint_file (options, options->files[i]);

      status = MAX (status, one);
    }
  return status;
}
