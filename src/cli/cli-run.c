/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `heapwise-cli run`: the program's own output on standard output as it is produced, everything else on standard error. */

#include "cli.h"

#include "facts/facts-new.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <unistd.h>

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

/* Hands on what has come in, a line from a terminal; waits when nothing has. */
static void
read_more (Machine *machine)
{
  guint8 buffer[4096];
  gssize n;

  do
    n = read (STDIN_FILENO, buffer, sizeof buffer);
  while (n < 0 && errno == EINTR);
  if (n > 0)
    machine_append_input (machine, buffer, n);
  else
    machine_end_input (machine);
}

/* A program that was given no input reads it from here when it asks for it, not before. */
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
      if (pause == MACHINE_WAITING)
        read_more (machine);
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
  g_autoptr (SessionProgram) program = cli_load_without_input (options, &status);

  if (program == NULL)
    return status;
  if (!options->quiet)
    cli_print_diagnostics (program->diagnostics, program->map);
  if (program->code != NULL)
    {
      machine = session_program_new_machine (program);
      if (program->input == NULL)
        machine_open_input (machine);
      if (!run_to_end (machine))
        return CLI_USAGE;
      /* Whoever runs it once more gives it the same. */
      if (program->input == NULL)
        program->input = g_bytes_new (machine->input->data, machine->input->len);
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
