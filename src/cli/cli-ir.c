/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `heapwise-cli ir`: the IR as text, or with --code the code array it is flattened to. */

#include "cli.h"

#include "ir/ir-text.h"

#include <string.h>

int
cli_ir (const CliOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  int status;
  g_autoptr (SessionProgram) program = cli_load (options, &status);

  if (program == NULL)
    return status;
  cli_print_diagnostics (program->diagnostics, program->map);
  if (program->program == NULL)
    return cli_get_status (program, NULL);
  text = options->code ? machine_code_print (program->code) : ir_print (program->program);
  if (cli_write (options->output, text, strlen (text), &error))
    return CLI_FINE;
  cli_complain ("%s", error->message);
  return CLI_USAGE;
}
