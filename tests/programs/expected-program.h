/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "machine/machine.h"
#include "text/text-diagnostic.h"

G_BEGIN_DECLS

/* A program of this folder: its text, what its comments expect of it, and its code.
 *
 * What a comment may say:
 *
 *     // expect: TEXT               this line prints TEXT and an end of line
 *     /_* expect-output:             the lines up to the closing one are printed; behind the code of programs that print in
 *     TEXT                          loops
 *     *_/                            (without the underscores)
 *     // expect-exit: N             the exit status is N; without it 0
 *     // expect-fault: KIND         the run stops at a fault of this kind, on this line
 *     // expect-leak: BYTES BLOCKS  so much of what this line allocated has leaked at the end
 *     // expect-unsupported         this line is outside the subset, and the compiler says so
 *
 * Output is compared line by line, in the order of the file; blanks before the end of a line do not count, nor whether the last line
 * is ended. What is not expected must not happen: no other line, no leak, no fault.
 *
 * All expectations are those of gcc 12 -std=c11 on x86-64: output and status at -O0, faults and leaks by its sanitizers,
 * undefined values by valgrind. Where no tool sees the fault the program's first comment names the rule. */

typedef struct
{
  guint line;
  char *text;
} ExpectedLine;

typedef struct
{
  guint line;
  guint64 n_bytes, n_blocks;
} ExpectedLeak;

typedef struct
{
  char *name;
  char *text;
  gsize n_bytes;
  GArray *output; /* of ExpectedLine */
  GArray *leaks;  /* of ExpectedLeak, by line */
  gint exit_status;
  MemFaultKind fault; /* MEM_FAULT_NONE: it ends by itself */
  guint fault_line;
  guint unsupported_line; /* 0: it compiles */
  /* Made by expected_program_compile(): */
  TextMap *map;
  TextDiagnostics *diagnostics;
  IrProgram *program; /* NULL: rejected */
  MachineCode *code;
} ExpectedProgram;

extern const MachineLimits expected_program_limits;

ExpectedProgram *expected_program_new (const char *name, const char *text);
ExpectedProgram *expected_program_load (const char *name);
void expected_program_free (ExpectedProgram *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExpectedProgram, expected_program_free)

gboolean expected_program_compile (ExpectedProgram *self);
MachineCode *expected_program_flatten (IrProgram *program);
char *expected_program_print_diagnostics (const ExpectedProgram *self);
GPtrArray *expected_program_list (void);

G_END_DECLS
