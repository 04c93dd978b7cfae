/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `heapwise-cli lint`: what is wrong with lesson files. `heapwise-cli test`: the same, and whether their runs do what their authors expect, in
 * both directions. */

#include "cli.h"

#include "judge/judge-lint.h"
#include "lesson/lesson-file.h"
#include "lesson/lesson-lint.h"
#include "session/session-recordings.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

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
      else if (diagnostic->severity == TEXT_SEVERITY_WARNING)
        findings->n_warnings++;
    }
}

static void
lint_lesson (const CliOptions *options, const char *path, Lesson *lesson, gboolean is_test,
             TextDiagnostics *diagnostics)
{
  g_autoptr (SessionRecordings) recordings
      = session_recordings_new (path, lesson, &options->settings);

  lesson_lint (lesson, diagnostics);
  judge_lint (lesson, session_recordings_get, recordings, diagnostics);
  if (!is_test)
    return;
  judge_check_expectations (lesson, session_recordings_get, recordings, diagnostics);
  judge_check_directions (lesson, session_recordings_get, recordings, diagnostics);
}

static void
print_report (const char *path, const TextDiagnostics *diagnostics, TextMap *map,
              const Findings *findings)
{
  g_autofree char *report
      = cli_report_lesson (path, diagnostics, map, findings->n_errors, findings->n_warnings);

  fprintf (stderr, "%s\n", report);
}

static int
lint_file (const CliOptions *options, const char *path, gboolean is_test)
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
  if (lesson != NULL)
    lint_lesson (options, path, lesson, is_test, diagnostics);
  if (!options->quiet)
    cli_print_diagnostics (diagnostics, map);
  count (&findings, diagnostics);
  if (options->report)
    print_report (path, diagnostics, map, &findings);
  if (findings.n_errors > 0 || (options->strict && findings.n_warnings > 0))
    return CLI_REJECTED;
  return CLI_FINE;
}

/* 0: nothing wrong; 1: something is; 2: a file cannot be read. */
static int
lint_files (const CliOptions *options, gboolean is_test)
{
  int status = CLI_FINE;

  for (guint i = 0; options->files[i] != NULL; i++)
    {
      int one = lint_file (options, options->files[i], is_test);

      status = MAX (status, one);
    }
  return status;
}

int
cli_lint (const CliOptions *options)
{
  return lint_files (options, FALSE);
}

int
cli_test (const CliOptions *options)
{
  int status = lint_files (options, TRUE);

  if (status == CLI_FINE && !options->quiet)
    printf (ngettext ("%u lesson holds.\n", "%u lessons hold.\n", g_strv_length (options->files)),
            g_strv_length (options->files));
  return status;
}
