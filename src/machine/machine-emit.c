/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Appending to the code array: instructions with the STOP they count, words behind them, constants, transfers that cost the ticks
 * of their run; and results that go straight where they are wanted. */

#include "machine-flatten.h"

#include <string.h>

/* Appends an instruction and returns its index. */
guint32
machine_emit_n (MachineFlattener *self, MachineOpcode op, guint n, guint32 a, guint32 b, guint32 c)
{
  MachineOp word = { op, n, a, b, c };
  MachineOpInfo info = {
    self->span,       TEXT_NO_SPAN, MACHINE_NO_STOP, FALSE, MIN (self->run_offset, G_MAXUINT16),
    self->function_id
  };

  g_assert (op % 2 == 0);
  if (self->pending_stop != MACHINE_NO_STOP)
    {
      word.op++;
      info.stop = self->pending_stop;
      info.stop_span = self->pending_span;
      self->pending_stop = MACHINE_NO_STOP;
    }
  self->run_offset++;
  g_array_append_val (self->code->ops, word);
  g_array_append_val (self->code->infos, info);
  return self->code->ops->len - 1;
}

guint32
machine_emit (MachineFlattener *self, MachineOpcode op, guint32 a, guint32 b, guint32 c)
{
  return machine_emit_n (self, op, 0, a, b, c);
}

/* A word that belongs to the instruction before it. */
void
machine_emit_word (MachineFlattener *self, guint32 a, guint32 b, guint32 c)
{
  MachineOp word = { 0, 0, a, b, c };
  MachineOpInfo info = { self->span, TEXT_NO_SPAN, MACHINE_NO_STOP, TRUE, 0, self->function_id };

  g_array_append_val (self->code->ops, word);
  g_array_append_val (self->code->infos, info);
}

/* A word behind a call: what the argument is and where it lies. */
void
machine_emit_argument (MachineFlattener *self, MachineCell cell, const IrOperand *operand,
                       gboolean is_last)
{
  const IrType *type = ir_program_get_type (self->program, operand->type);
  MachineArgument argument = { ir_type_get_scalar (type),
                               is_last,
                               machine_get_passing (self, operand),
                               cell,
                               operand->type,
                               type->size };

  machine_emit_word (self, 0, 0, 0);
  memcpy (&g_array_index (self->code->ops, MachineOp, self->code->ops->len - 1), &argument,
          sizeof argument);
  if (operand->span.begin != 0)
    g_array_index (self->code->infos, MachineOpInfo, self->code->infos->len - 1).span
        = operand->span;
}

/* Eight bytes behind the frame's registers, free again after the IR instruction at hand. */
MachineCell
machine_take_temporary (MachineFlattener *self)
{
  MachineCell cell = machine_cell (MACHINE_CELL_REGISTER, self->first_temporary + self->temporary);

  self->temporary += 8;
  self->max_temporary = MAX (self->max_temporary, self->temporary);
  return cell;
}

static guint
hash_constant (gconstpointer data)
{
  const MachineConstant *constant = data;

  return (guint)(constant->bits ^ constant->bits >> 32) * 31 + constant->block;
}

static gboolean
equal_constants (gconstpointer a, gconstpointer b)
{
  const MachineConstant *first = a, *second = b;

  return first->bits == second->bits && first->block == second->block;
}

/* (transfer full) look-up only: MachineConstant -> its index */
GHashTable *
machine_constants_new (void)
{
  return g_hash_table_new_full (hash_constant, equal_constants, g_free, NULL);
}

/* The cell of a constant in the hidden part of the space. */
MachineCell
machine_constant (MachineFlattener *self, guint64 bits, guint32 block)
{
  MachineConstant constant = { bits, block };
  gpointer found;
  guint index;

  if (g_hash_table_lookup_extended (self->constants, &constant, NULL, &found))
    index = GPOINTER_TO_UINT (found);
  else
    {
      index = self->code->constants->len;
      g_array_append_val (self->code->constants, constant);
      g_hash_table_insert (self->constants, g_memdup2 (&constant, sizeof constant),
                           GUINT_TO_POINTER (index));
    }
  /* Where the hidden part begins is known only at the end: an index for now, see resolve_constants(). */
  return machine_cell (3, index);
}

/* Ends a run of instructions: emits a transfer, which costs the ticks of all of them. */
guint32
machine_emit_transfer (MachineFlattener *self, MachineOpcode op, guint32 a, guint32 b, guint32 c)
{
  guint32 at = machine_emit_n (self, op, 0, a, b, c);

  g_array_index (self->code->ops, MachineOp, at).n = MIN (self->run_offset, G_MAXUINT16);
  self->run_offset = 0;
  return at;
}

/* A transfer to a block; where that begins is filled in when the function is done. */
void
machine_emit_to_block (MachineFlattener *self, MachineOpcode op, guint32 a, guint32 b,
                       IrBlockId target)
{
  guint32 at = machine_emit_transfer (self, op, a, b, target);

  g_array_append_val (self->patches, at);
}

/* ---- results that go straight where they are wanted ---- */

/* Bytes that an instruction writes to cell a; 0 when it is none of those whose result can go elsewhere. */
static guint
get_result_size (guint op)
{
  static const guint8 widths[] = { 1, 2, 4, 8, 8 };
  guint code = op & ~1u;

  if (code >= MACHINE_OP_ADD_I32 && code < MACHINE_OP_ADD_I64)
    return 4;
  if (code >= MACHINE_OP_ADD_I64 && code < MACHINE_OP_AND_32)
    return 8;
  if (code >= MACHINE_OP_AND_32 && code < MACHINE_OP_AND_64)
    return 4;
  if (code >= MACHINE_OP_AND_64 && code < MACHINE_OP_ADD_F32)
    return 8;
  if (code >= MACHINE_OP_ADD_F32 && code < MACHINE_OP_ADD_F64)
    return 4;
  if (code >= MACHINE_OP_ADD_F64 && code < MACHINE_OP_EQ_I32)
    return 8;
  if (code >= MACHINE_OP_SX8_32 && code <= MACHINE_OP_ZX16_32)
    return 4;
  if (code >= MACHINE_OP_SX8_64 && code <= MACHINE_OP_ZX32_64)
    return 8;
  if (code >= MACHINE_OP_MOVE_1 && code < MACHINE_OP_MOVE_BLOCK)
    {
      guint row = (code - MACHINE_OP_MOVE_1) / (MACHINE_OP_MOVE_2 - MACHINE_OP_MOVE_1);
      guint in_row = (code - MACHINE_OP_MOVE_1) % (MACHINE_OP_MOVE_2 - MACHINE_OP_MOVE_1);

      if (in_row == MACHINE_OP_LOAD_1 - MACHINE_OP_MOVE_1
          || in_row == MACHINE_OP_LOADX_1 - MACHINE_OP_MOVE_1
          || in_row == MACHINE_OP_LOADO_1 - MACHINE_OP_MOVE_1)
        return widths[row];
    }
  return 0;
}

/* Lets the instruction just emitted write to dest instead of the register `value`, which nothing else reads. FALSE: it does not end in
 * that register, or in another width. */
gboolean
machine_redirect_result (MachineFlattener *self, MachineCell dest, MachineCell value, guint size)
{
  MachineOp *last;

  if (self->pending_stop != MACHINE_NO_STOP || (value & 3) != MACHINE_CELL_REGISTER
      || self->code->ops->len <= self->block_begin)
    return FALSE;
  last = &g_array_index (self->code->ops, MachineOp, self->code->ops->len - 1);
  if (machine_code_get_info (self->code, self->code->ops->len - 1)->is_extension || last->a != value
      || get_result_size (last->op) != size)
    return FALSE;
  last->a = dest;
  return TRUE;
}
