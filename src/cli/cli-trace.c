/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli.h"

int
cli_trace (const CliOptions *options)
{
  return CLI_USAGE;
}
