/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ir-text.h"

G_BEGIN_DECLS

/* What the verifier's files share. */

typedef struct
{
  const IrProgram *program;
  TextDiagnostics *diagnostics;
  char what[16];              /* outside functions: "t3", "g0", "f1" */
  const IrFunction *function; /* NULL outside */
  IrFunctionId function_id;
  IrBlockId block;
  guint instruction;
  TextSpan span;
} IrVerifier;

gboolean ir_verify_complain (IrVerifier *self, TextMessageId message, guint64 number);
gboolean ir_verify_instruction (IrVerifier *self, const IrInstruction *instruction);
gboolean ir_verify_is_open (const IrProgram *program, IrTypeId id);
gboolean ir_verify_traits (IrVerifier *self);
gboolean ir_verify_owned (IrVerifier *self);
gboolean ir_verify_registers (IrVerifier *self);
gboolean ir_verify_managed (IrVerifier *self, const IrInstruction *instruction);
gboolean ir_verify_object (IrVerifier *self, IrTypeId id);
gboolean ir_verify_hooks (IrVerifier *self);

G_END_DECLS
