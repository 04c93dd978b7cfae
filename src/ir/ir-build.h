/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ir-leaf.h"
#include "ir-program.h"

G_BEGIN_DECLS

/* Making operands, places and instructions. A front end works on one function at a time, at the end of one block. */

typedef struct
{
  IrProgram *program;   /* borrowed */
  IrFunction *function; /* borrowed */
  IrBlockId block;      /* where instructions are appended */
  TextSpan span;        /* given to each instruction that is appended */
} IrBuilder;

/* ---- operands ---- */

IrOperand ir_operand_const (IrTypeId type, guint64 bits);
IrOperand ir_operand_double (IrTypeId type, double value);
IrOperand ir_operand_global (IrTypeId pointer_type, IrGlobalId id, guint64 offset);
IrOperand ir_operand_function (IrTypeId pointer_type, IrFunctionId id);
IrOperand ir_operand_size_of (IrTypeId integer_type, IrTypeId type);
IrOperand ir_operand_align_of (IrTypeId integer_type, IrTypeId type);
IrOperand ir_operand_vtable (IrTypeId pointer_type, IrTypeId type, IrTraitId trait);
IrOperand ir_operand_copy (IrPlace place);
IrOperand ir_operand_move (IrPlace place);

/* ---- places; each returns a longer path, the one it was given stays as it was ---- */

IrPlace ir_place_none (void);
IrPlace ir_place_slot (const IrFunction *function, IrSlotId id);
IrPlace ir_place_global (const IrProgram *program, IrGlobalId id);
IrPlace ir_place_register (const IrFunction *function, IrRegId id);
IrPlace ir_place_deref (IrBuilder *builder, IrPlace place, IrTypeId type);
IrPlace ir_place_field (IrBuilder *builder, IrPlace place, guint32 field);
IrPlace ir_place_index (IrBuilder *builder, IrPlace place, IrOperand index, IrTypeId type);
IrPlace ir_place_field_as (IrBuilder *builder, IrPlace place, guint32 field, IrTypeId type);
IrPlace ir_place_variant_as (IrBuilder *builder, IrPlace place, guint32 variant, IrTypeId type);
IrPlace ir_place_variant (IrBuilder *builder, IrPlace place, guint32 variant);
IrPlace ir_place_from_end (IrBuilder *builder, IrPlace place, guint64 n, IrTypeId type);
IrPlace ir_place_part (IrBuilder *builder, IrPlace place, guint64 from, guint64 to,
                       gboolean is_from_end, IrTypeId type);
IrPlace ir_place_step (IrBuilder *builder, IrPlace place, IrOperand index);
gboolean ir_place_is_register (const IrPlace *place);

/* ---- blocks and registers ---- */

IrBlockId ir_build_block (IrBuilder *builder);
IrRegId ir_build_register (IrBuilder *builder, IrTypeId type);
gboolean ir_build_is_ended (const IrBuilder *builder);

/* ---- instructions, appended to builder->block ---- */

void ir_build_stop (IrBuilder *builder, IrStopKind kind, TextSpan span);
void ir_build_live (IrBuilder *builder, IrSlotId slot);
void ir_build_dead (IrBuilder *builder, IrSlotId slot);
void ir_build_move (IrBuilder *builder, IrPlace dest, IrOperand value);
void ir_build_address (IrBuilder *builder, IrPlace dest, IrPlace place);
void ir_build_unary (IrBuilder *builder, IrOpcode opcode, IrTypeId type, IrPlace dest, IrOperand a);
/* BINARY, SHIFT, COMPARE, POINTER and DIFFER forms */
void ir_build_binary (IrBuilder *builder, IrOpcode opcode, IrTypeId type, IrPlace dest, IrOperand a,
                      IrOperand b);
void ir_build_convert (IrBuilder *builder, IrPlace dest, IrOperand value);
void ir_build_kill (IrBuilder *builder, IrRegId id);
void ir_build_call (IrBuilder *builder, IrPlace dest, IrFunctionId function,
                    const IrOperand *arguments, guint n_arguments);
void ir_build_call_pointer (IrBuilder *builder, IrPlace dest, IrTypeId function_type,
                            IrOperand pointer, const IrOperand *arguments, guint n_arguments);
void ir_build_leaf (IrBuilder *builder, IrPlace dest, IrLeafId leaf, IrTypeId hint,
                    const IrOperand *arguments, guint n_arguments);
void ir_build_discriminant (IrBuilder *builder, IrPlace dest, IrPlace place);
void ir_build_set_discriminant (IrBuilder *builder, IrPlace place, guint32 variant);
void ir_build_borrow (IrBuilder *builder, IrPlace dest, IrBorrowKind kind, IrPlace place);
void ir_build_drop (IrBuilder *builder, IrPlace place);
/* CALL_VIRTUAL: number is an index; CALL_INTERFACE: a selector */
void ir_build_call_method (IrBuilder *builder, IrOpcode opcode, IrPlace dest,
                           IrTypeId function_type, IrOperand table, guint32 number,
                           const IrOperand *arguments, guint n_arguments);
void ir_build_call_generic (IrBuilder *builder, IrPlace dest, IrFunctionId function,
                            const IrTypeId *types, guint n_types, const IrOperand *arguments,
                            guint n_arguments);
void ir_build_call_trait (IrBuilder *builder, IrPlace dest, IrTraitId trait, guint32 method,
                          const IrTypeId *types, guint n_types, const IrOperand *arguments,
                          guint n_arguments);
void ir_build_jump (IrBuilder *builder, IrBlockId target);
void ir_build_branch (IrBuilder *builder, IrOperand condition, IrBlockId if_not_zero,
                      IrBlockId if_zero);
void ir_build_switch (IrBuilder *builder, IrOperand value, const IrSwitchCase *cases, guint n_cases,
                      IrBlockId otherwise);
void ir_build_return (IrBuilder *builder, IrOperand value);
void ir_build_return_void (IrBuilder *builder);
void ir_build_rethrow (IrBuilder *builder);
void ir_build_unreachable (IrBuilder *builder);

/* ---- walking ---- */

typedef gboolean (*IrVisitRegister) (gpointer data, IrRegId id, gboolean is_write);
gboolean ir_visit_registers (const IrInstruction *instruction, IrVisitRegister visit,
                             gpointer data);

G_END_DECLS
