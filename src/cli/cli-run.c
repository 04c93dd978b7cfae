/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `heapwise-cli run`: the program's own output on standard output as it is produced, everything else on standard error. */

#include "cli.h"

#include "facts/facts-new.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>

/* Ticks between two looks at the output. */
#define SLICE 4000000

/* FALSE: what the program writes cannot be passed on. */
static gboolean
pass_on (Machine *machine, MachineStream stream, guint64 *n_written, FILE *to)
{
  guint64 n = machine->state.n_output[stream];
  gboolean is_right;

  if (n == *n_written)
    return TRUE;
  is_right = fwrite (machine->outputs[stream]->data + *n_written, 1, n - *n_written, to)
                 == n - *n_written
             && fflush (to) == 0;
  *n_written = n;
  return is_right;
}

static gboolean
run_to_end (Machine *machine)
{
  guint64 n_written[MACHINE_N_STREAMS] = { 0 };
  MachinePause pause;

  do
    {
      pause = machine_run (machine, G_MAXUINT64, machine->state.ticks + SLICE);
      if (!pass_on (machine, MACHINE_STREAM_OUTPUT, &n_written[MACHINE_STREAM_OUTPUT], stdout)
          || !pass_on (machine, MACHINE_STREAM_ERROR, &n_written[MACHINE_STREAM_ERROR], stderr))
        {
          cli_complain (_ ("the program's output cannot be written: %s"), g_strerror (errno));
          return FALSE;
        }
    }
  while (pause != MACHINE_ENDED);
  return TRUE;
}

static void
print_diagnostic (TextDiagnostic *diagnostic, TextMap *map)
{
  g_autofree char *text = text_diagnostic_render (diagnostic, map);

  fputs (text, stderr);
}

/* What is to be said about the end. */
static void
tell_end (SessionProgram *program, Machine *machine, const GArray *leaks)
{
  g_autoptr (TextDiagnostic) diagnostic = NULL;

  if (machine->state.end == MACHINE_END_FAULT)
    diagnostic = facts_tell_fault (machine, program->map);
  else if (machine->state.end == MACHINE_END_LIMIT)
    diagnostic = facts_tell_limit (machine, program->map);
  if (diagnostic != NULL)
    print_diagnostic (diagnostic, program->map);
  for (guint i = 0; leaks != NULL && i < leaks->len; i++)
    {
      g_autoptr (TextDiagnostic) leak = facts_tell_leak (&g_array_index (leaks, FactsLeak, i));

      print_diagnostic (leak, program->map);
    }
}

int
cli_run (const CliOptions *options)
{
  g_autoptr (Machine) machine = NULL;
  g_autoptr (GArray) leaks = NULL;
  int status;
  g_autoptr (SessionProgram) program = cli_load (options, &status);

  if (program == NULL)
    return status;
  if (!options->quiet)
    cli_print_diagnostics (program->diagnostics, program->map);
  if (program->code != NULL)
    {
      machine = session_program_new_machine (program);
      if (!run_to_end (machine))
        return CLI_USAGE;
      if (machine->state.end == MACHINE_END_EXIT)
        leaks = cli_list_leaks (program, machine);
      if (!options->quiet)
        tell_end (program, machine, leaks);
      status = cli_get_status (program, machine);
      if (options->leaks_are_errors && leaks != NULL && leaks->len > 0)
        status = CLI_FAULT;
    }
  else
    status = cli_get_status (program, NULL);
  if (options->report)
    {
      g_autofree char *report = cli_report_new (program, machine, leaks);

      fprintf (stderr, "%s\n", report);
    }
  if (options->exit_code && machine != NULL && machine->state.end == MACHINE_END_EXIT)
    return machine->state.exit_status;
  return status;
}
