/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any text as a C program: it is refused with a diagnostic, or it runs within its bounds. */

#include "fuzz.h"

#include "session/session-program.h"

#define MAX_TICKS 100000
#define MAX_OUTPUT 65536

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  SessionSettings settings = { .heap_bytes = 65536, .stack_bytes = 16384 };
  g_autofree char *text = g_strndup ((const char *)data, size);
  SessionProgram *program;

  settings.limits.max_ticks = MAX_TICKS;
  settings.limits.max_steps = G_MAXUINT32;
  settings.limits.max_output = MAX_OUTPUT;
  program = session_program_new ("fuzz.c", text, size, "c", &settings, NULL);
  if (program->code != NULL)
    {
      Machine *machine = session_program_new_machine (program);

      while (machine_run (machine, G_MAXUINT64, G_MAXUINT64) != MACHINE_ENDED)
        ;
      machine_free (machine);
    }
  session_program_unref (program);
  return 0;
}
