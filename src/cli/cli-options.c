/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Options of all commands, and the way from a file's name to a compiled program. */

#include "cli.h"

#include "facts/facts-new.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The address space has to hold heap, stack and what stands around them. */
#define MAX_HEAP_BYTES (G_GINT64_CONSTANT (1) << 31)
#define MAX_STACK_BYTES (G_GINT64_CONSTANT (1) << 28)
#define MIN_STACK_BYTES 256

/* A run of more ticks is not gone through again for the lines that lost its blocks. */
#define MAX_LOSS_TICKS 50000000

typedef struct
{
  char **rules; /* NAME=stop|allow */
  char *report, *leaks, *strategy, *allocator, *collector, *borrow;
} Words;

static gboolean
check_range (const char *name, gint64 value, gint64 least, gint64 most)
{
  if (value == -1 || (value >= least && value <= most))
    return TRUE;
  cli_complain (_ ("%s must lie between %" PRId64 " and %" PRId64), name, least, most);
  return FALSE;
}

static gboolean
check_word (const char *name, const char *word, const char *const *known)
{
  g_autofree char *list = NULL;

  if (word == NULL || g_strv_contains (known, word))
    return TRUE;
  list = g_strjoinv (", ", (char **)known);
  cli_complain (_ ("%s cannot be “%s”; known here: %s"), name, word, list);
  return FALSE;
}

static gboolean
take_rule (SessionSettings *settings, const char *rule)
{
  g_auto (GStrv) parts = g_strsplit (rule, "=", 2);
  gboolean allow = parts[0] != NULL && parts[1] != NULL && strcmp (parts[1], "allow") == 0;

  if (parts[0] == NULL || parts[1] == NULL || (!allow && strcmp (parts[1], "stop") != 0))
    {
      cli_complain (_ ("--rule wants NAME=stop or NAME=allow, not “%s”"), rule);
      return FALSE;
    }
  if (session_settings_set_rule (settings, parts[0], allow))
    return TRUE;
  cli_complain (_ ("--rule: “%s” is no fault after which a program can go on"), parts[0]);
  return FALSE;
}

/* A collector is named like the strategy it belongs to. */
static gboolean
take_strategy (CliOptions *options, const char *name, const char *word)
{
  g_autoptr (GString) list = g_string_new (NULL);

  if (word == NULL)
    return TRUE;
  options->has_strategy = TRUE;
  if (strategy_kind_find (word, &options->settings.limits.strategy))
    return TRUE;
  for (guint i = 0; i < STRATEGY_N_KINDS; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", strategy_kind_get_name (i));
  cli_complain (_ ("%s cannot be “%s”; known here: %s"), name, word, list->str);
  return FALSE;
}

static gboolean
take_words (CliOptions *options, const Words *words)
{
  static const char *const reports[] = { "json", NULL };
  static const char *const leaks[] = { "error", "report", NULL };
  static const char *const allocators[] = { "first-fit", NULL };
  static const char *const borrows[] = { "enforce", "off", NULL };

  if (!check_word ("--report", words->report, reports)
      || !check_word ("--leaks", words->leaks, leaks)
      || !check_word ("--allocator", words->allocator, allocators)
      || !check_word ("--borrow", words->borrow, borrows)
      || !take_strategy (options, "--strategy", words->strategy)
      || !take_strategy (options, "--collector", words->collector))
    return FALSE;
  options->report = words->report != NULL;
  options->leaks_are_errors = words->leaks != NULL && strcmp (words->leaks, "error") == 0;
  for (guint i = 0; words->rules != NULL && words->rules[i] != NULL; i++)
    if (!take_rule (&options->settings, words->rules[i]))
      return FALSE;
  return TRUE;
}

static void
clear_words (Words *words)
{
  g_strfreev (words->rules);
  g_free (words->report);
  g_free (words->leaks);
  g_free (words->strategy);
  g_free (words->allocator);
  g_free (words->collector);
  g_free (words->borrow);
}

static gboolean
check_numbers (CliOptions *options)
{
  return check_range ("--heap-bytes", options->heap_bytes, 0, MAX_HEAP_BYTES)
         && check_range ("--stack-bytes", options->stack_bytes, MIN_STACK_BYTES, MAX_STACK_BYTES)
         && check_range ("--max-ticks", options->max_ticks, 1, G_MAXINT64)
         && check_range ("--max-steps", options->max_steps, 1, G_MAXINT64)
         && check_range ("--step", options->step, 1, G_MAXINT64)
         && check_range ("--from", options->from, 1, G_MAXINT64)
         && check_range ("--to", options->to, 1, G_MAXINT64);
}

/* Takes what follows a lone `--` off the words: it belongs to the program that is run. */
static void
split_arguments (CliOptions *options, int *argc, char **argv)
{
  for (int i = 1; i < *argc; i++)
    {
      if (strcmp (argv[i], "--") != 0)
        continue;
      options->arguments = g_strdupv (argv + i + 1);
      argv[i] = NULL;
      *argc = i;
      return;
    }
}

/* Parses the words behind a command's name. FALSE: the command ends here with *status. Clear the options in any case. */
gboolean
cli_options_parse (CliOptions *options, const char *command, const char *about, int argc,
                   char **argv, int *status)
{
  Words words = { NULL };
  gboolean show_version = FALSE, is_right;
  const GOptionEntry entries[] = {
#define CLI_OPTION(name, letter, kind, target, about, argument)                                    \
  { name, letter, 0, G_OPTION_ARG_##kind, &target, about, argument },
#include "cli-option.def"
#undef CLI_OPTION
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->files, NULL, N_ ("FILE…") },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *name = g_strconcat ("heapwise-cli ", command, NULL);
  g_autoptr (GError) error = NULL;

  options->command = command;
  options->step = options->from = options->to = -1;
  options->max_ticks = options->max_steps = options->heap_bytes = options->stack_bytes = -1;
  session_settings_init (&options->settings);
  g_option_context_set_summary (context, about);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_set_prgname (name);
  *status = CLI_USAGE;
  split_arguments (options, &argc, argv);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      cli_complain ("%s", error->message);
      clear_words (&words);
      return FALSE;
    }
  if (show_version)
    {
      printf ("heapwise-cli %s\n", HEAPWISE_VERSION);
      *status = CLI_FINE;
      clear_words (&words);
      return FALSE;
    }
  is_right = take_words (options, &words) && check_numbers (options);
  clear_words (&words);
  if (is_right && options->files == NULL)
    {
      cli_complain (_ ("%s needs a file; “heapwise-cli %s --help” tells more"), command, command);
      return FALSE;
    }
  return is_right;
}

void
cli_options_clear (CliOptions *options)
{
  g_strfreev (options->files);
  g_free (options->run);
  g_free (options->language);
  g_free (options->input);
  g_free (options->output);
  g_free (options->steps);
  g_free (options->events);
  g_free (options->mark);
  g_strfreev (options->arguments);
}

/* ---- from a file to a program ---- */

/* What the command line says counts more than what the lesson says. */
static void
apply_numbers (const CliOptions *options, SessionSettings *settings)
{
  if (options->heap_bytes >= 0)
    settings->heap_bytes = options->heap_bytes / 16 * 16;
  if (options->stack_bytes >= 0)
    settings->stack_bytes = options->stack_bytes / 16 * 16;
  if (options->max_ticks >= 0)
    settings->limits.max_ticks = options->max_ticks;
  if (options->max_steps >= 0)
    settings->limits.max_steps = options->max_steps;
}

static GBytes *
read_all (int from)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 buffer[4096];
  gssize n;

  while ((n = read (from, buffer, sizeof buffer)) > 0)
    g_byte_array_append (bytes, buffer, n);
  return g_byte_array_free_to_bytes (bytes);
}

/* FALSE: --stdin names a file that cannot be read. */
static gboolean
read_input (const CliOptions *options, const SessionFile *file, GBytes **input)
{
  g_autoptr (GError) error = NULL;
  char *text;
  gsize n;

  *input = NULL;
  if (options->input != NULL)
    {
      if (!g_file_get_contents (options->input, &text, &n, &error))
        {
          cli_complain ("%s", error->message);
          return FALSE;
        }
      *input = g_bytes_new_take (text, n);
    }
  else if (file->input != NULL)
    *input = g_bytes_new (file->input, strlen (file->input));
  return TRUE;
}

static SessionFile *
open_file (const CliOptions *options, TextDiagnostics *diagnostics, TextMap *map)
{
  g_autoptr (GError) error = NULL;
  SessionFile *file;

  if (options->files[1] != NULL)
    {
      cli_complain (_ ("%s takes one file, and “%s” is a second one"), options->command,
                    options->files[1]);
      return NULL;
    }
  file = session_file_open (options->files[0], options->run, options->language, &options->settings,
                            diagnostics, map, &error);
  cli_print_diagnostics (diagnostics, map);
  /* The diagnostics have said it better. */
  if (file == NULL && !g_error_matches (error, SESSION_ERROR, SESSION_ERROR_LESSON))
    cli_complain ("%s", error->message);
  return file;
}

/* The words stand at the stack's upper end; most of it is the program's. */
static gboolean
check_arguments (const CliOptions *options, const SessionSettings *settings)
{
  guint64 n_bytes = 0;

  for (guint i = 0; options->arguments != NULL && options->arguments[i] != NULL; i++)
    n_bytes += strlen (options->arguments[i]) + 1 + sizeof (guint64);
  if (n_bytes <= settings->stack_bytes / 2)
    return TRUE;
  cli_complain (_ ("the program's arguments take %" PRIu64 " bytes, more than half of its stack"),
                n_bytes);
  return FALSE;
}

/* Who may manage a program's memory is the language's to say. */
static gboolean
check_strategy (const CliOptions *options, const SessionProgram *program)
{
  StrategyKind wished = program->settings.limits.strategy;

  if (!options->has_strategy || program->program == NULL
      || machine_choose_strategy (program->program, wished) == wished)
    return TRUE;
  cli_complain (_ ("“%s” does not manage the memory of this program"),
                strategy_kind_get_name (wished));
  return FALSE;
}

SessionProgram *
cli_load_without_input (const CliOptions *options, int *status)
{
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (SessionFile) file = open_file (options, diagnostics, map);
  g_autoptr (GBytes) input = NULL;
  SessionProgram *program;

  *status = CLI_USAGE;
  if (file == NULL || !read_input (options, file, &input))
    return NULL;
  apply_numbers (options, &file->settings);
  if (!check_arguments (options, &file->settings))
    return NULL;
  file->settings.limits.arguments = options->arguments;
  program = session_program_new (file->name, file->source, file->n_source, file->language,
                                 &file->settings, input);
  if (!check_strategy (options, program))
    g_clear_pointer (&program, session_program_unref);
  return program;
}

SessionProgram *
cli_load (const CliOptions *options, int *status)
{
  SessionProgram *program = cli_load_without_input (options, status);

  /* A program that reads and was given nothing gets what comes in here, all of it before it is shown. */
  if (program != NULL && program->code != NULL && program->input == NULL
      && session_program_reads_input (program))
    program->input = read_all (STDIN_FILENO);
  return program;
}

History *
cli_record (SessionProgram *program)
{
  History *history = session_program_new_history (program);

  while (history_record (history, G_MAXUINT32))
    ;
  return history;
}

GArray *
cli_list_leaks (SessionProgram *program, Machine *machine)
{
  GArray *leaks = facts_list_leaks (machine, program->map);

  if (leaks->len > 0 && machine->state.ticks <= MAX_LOSS_TICKS)
    {
      g_autoptr (History) history = cli_record (program);

      facts_find_losses (leaks, history, program->map);
    }
  return leaks;
}
