/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any text as a program of the IR: it is refused with a diagnostic, or it runs within its bounds. */

#include "fuzz.h"

#include "ir/ir-read.h"
#include "ir/ir-text.h"
#include "ir/ir-verify.h"
#include "machine/machine.h"
#include "runtime/c/c-library.h"

#define HEAP_BYTES 65536
#define STACK_BYTES 16384
#define MAX_TICKS 100000
#define MAX_OUTPUT 65536

/* which: a number from the input, so that it is run under every strategy that fits, with collections where they are due or everywhere. */
static void
run (IrProgram *program, gsize which)
{
  MachineLimits limits = { .max_ticks = MAX_TICKS,
                           .max_steps = G_MAXUINT32,
                           .max_output = MAX_OUTPUT,
                           .max_depth = which % 3 == 0 ? 20 : 0,
                           .strategy = which % STRATEGY_N_KINDS,
                           .collects_at_every_allocation = which % 2 == 0,
                           .is_stepwise = which % 5 == 0 };
  MachineCode *code = machine_code_new (program, HEAP_BYTES, STACK_BYTES);
  Machine *machine = machine_new (code, c_library_get_leaves (), &limits, NULL);

  while (machine_run (machine, G_MAXUINT64, G_MAXUINT64) != MACHINE_ENDED)
    ;
  machine_free (machine);
  machine_code_unref (code);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (IrProgram) program = ir_read (text, size, 1, diagnostics);

  if (program != NULL && !program->is_generic && ir_verify (program, diagnostics)
      && program->entry != IR_NO_FUNCTION)
    run (program, size);
  return 0;
}
