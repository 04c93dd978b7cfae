/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/session-program.h"

G_BEGIN_DECLS

/* What the commands of heapwise-cli share. */

/* Exit statuses. */
enum
{
  CLI_FINE = 0,
  CLI_REJECTED = 1,
  CLI_USAGE = 2, /* wrong usage, or a file that cannot be read or written */
  CLI_FAULT = 3,
  CLI_EXCEPTION = 4,
  CLI_LIMIT = 5,
  CLI_UNSUPPORTED = 6,
};

/* Options after parsing; each command uses what it needs. */
typedef struct
{
  const char *command;
  char **files;          /* what is left: file names */
  char *run;             /* --run */
  char *language;        /* --lang */
  char *input;           /* --stdin FILE */
  char *output;          /* -o */
  char *steps;           /* --steps A-B */
  char *events;          /* --events */
  gint64 step, from, to; /* -1: not given */
  gboolean report;       /* --report=json */
  gboolean quiet;
  gboolean exit_code;
  gboolean leaks_are_errors;
  gboolean has_strategy; /* settings.limits.strategy was asked for */
  gboolean strict;
  char *mark;       /* --mark */
  gboolean notes;   /* --notes */
  char **arguments; /* what follows `--`: the program's own; NULL: none */
  gboolean code;    /* ir --code */
  SessionSettings settings;
  gint64 max_ticks, max_steps, heap_bytes,
      stack_bytes; /* -1: not given; they count more than the lesson's */
} CliOptions;

typedef int (*CliCommand) (const CliOptions *options);

int cli_run (const CliOptions *options);
int cli_trace (const CliOptions *options);
int cli_picture (const CliOptions *options);
int cli_play (const CliOptions *options);
int cli_ir (const CliOptions *options);
int cli_lint (const CliOptions *options);
int cli_test (const CliOptions *options);

gboolean cli_options_parse (CliOptions *options, const char *command, const char *about, int argc,
                            char **argv, int *status);
void cli_options_clear (CliOptions *options);

/* The one file of a command, read and compiled; NULL when that went wrong, and was said, and *status tells how. */
SessionProgram *cli_load_without_input (const CliOptions *options, int *status);
SessionProgram *cli_load (const CliOptions *options, int *status);

/* The program's run, recorded to its end. (transfer full) */
History *cli_record (SessionProgram *program);

/* What leaked, and where the last pointers went; recorded once more for that if the run is not too long. (transfer full) (element-type
 * FactsLeak) */
GArray *cli_list_leaks (SessionProgram *program, Machine *machine);

/* cli-report.c */
char *cli_report_new (SessionProgram *program, Machine *machine, const GArray *leaks);
char *cli_report_lesson (const char *path, const TextDiagnostics *diagnostics, TextMap *map,
                         guint n_errors, guint n_warnings);
const char *cli_get_ends (SessionProgram *program, Machine *machine);
int cli_get_status (SessionProgram *program, Machine *machine);

/* cli-write.c: a file by a temporary one and rename, or standard output */
gboolean cli_write (const char *path, const void *bytes, gsize n_bytes, GError **error);
void cli_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);
void cli_print_diagnostics (TextDiagnostics *diagnostics, TextMap *map);

G_END_DECLS
