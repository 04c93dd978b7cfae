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
/* ---- ir-verify-place.c ---- */
gboolean ir_verify_operand (IrVerifier *self, const IrOperand *operand);
gboolean ir_verify_place (IrVerifier *self, const IrPlace *place);
gboolean ir_verify_type_id (IrVerifier *self, IrTypeId id);
gboolean ir_verify_operand_layout (IrVerifier *self, const IrInstruction *instruction, guint i,
                                   IrTypeId type);
gboolean ir_verify_dest (IrVerifier *self, const IrInstruction *instruction);
gboolean ir_verify_dest_layout (IrVerifier *self, const IrInstruction *instruction, IrTypeId type);
gboolean ir_verify_dest_scalar (IrVerifier *self, const IrInstruction *instruction,
                                IrScalar scalar);
gboolean ir_verify_is_same_layout (const IrVerifier *self, IrTypeId a, IrTypeId b);
gboolean ir_verify_is_wide (IrScalar scalar);
gboolean ir_verify_pointer_operand (IrVerifier *self, const IrInstruction *instruction, guint i);
const IrType *ir_verify_get_type (const IrVerifier *self, IrTypeId id);

/* ---- ir-verify-call.c ---- */
gboolean ir_verify_call (IrVerifier *self, const IrInstruction *call);
gboolean ir_verify_call_pointer (IrVerifier *self, const IrInstruction *call);
gboolean ir_verify_call_trait (IrVerifier *self, const IrInstruction *call);
gboolean ir_verify_leaf (IrVerifier *self, const IrInstruction *call);
gboolean ir_verify_allocate (IrVerifier *self, const IrInstruction *allocate);
gboolean ir_verify_result (IrVerifier *self, const IrInstruction *instruction);
gboolean ir_verify_frame (IrVerifier *self, const IrInstruction *frame);
gboolean ir_verify_ensure (IrVerifier *self, const IrInstruction *ensure);
gboolean ir_verify_scalar_operand (IrVerifier *self, const IrInstruction *instruction, guint i);

/* ---- the others ---- */
gboolean ir_verify_instruction (IrVerifier *self, const IrInstruction *instruction);
gboolean ir_verify_is_open (const IrProgram *program, IrTypeId id);
gboolean ir_verify_traits (IrVerifier *self);
gboolean ir_verify_owned (IrVerifier *self);
gboolean ir_verify_registers (IrVerifier *self);
gboolean ir_verify_managed (IrVerifier *self, const IrInstruction *instruction);
gboolean ir_verify_object (IrVerifier *self, IrTypeId id);
gboolean ir_verify_view (IrVerifier *self, IrTypeId id);
gboolean ir_verify_hooks (IrVerifier *self);

G_END_DECLS
