/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the IR to the code array, one function after the other. Blocks keep their order; a jump to the block that follows is left out; a
 * comparison whose result the next branch consumes becomes one instruction with it; a jump back to a short loop condition
 * becomes a copy of that condition, so that a round of the loop costs one transfer.
 */

#include "machine-flatten.h"

#include <string.h>

#define MAX_COPIED_CONDITION 3 /* IR instructions: stop, comparison, branch */

/* ---- emitting ---- */

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

static void
emit_argument (MachineFlattener *self, MachineCell cell, const IrOperand *operand, gboolean is_last)
{
  const IrType *type = ir_program_get_type (self->program, operand->type);
  MachineArgument argument
      = { ir_type_get_scalar (type), is_last, cell, operand->type, type->size };

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
static guint32
emit_transfer (MachineFlattener *self, MachineOpcode op, guint32 a, guint32 b, guint32 c)
{
  guint32 at = machine_emit_n (self, op, 0, a, b, c);

  g_array_index (self->code->ops, MachineOp, at).n = MIN (self->run_offset, G_MAXUINT16);
  self->run_offset = 0;
  return at;
}

static void
emit_to_block (MachineFlattener *self, MachineOpcode op, guint32 a, guint32 b, IrBlockId target)
{
  guint32 at = emit_transfer (self, op, a, b, target);

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

/* ---- arithmetic ---- */

static guint
integer_row (IrScalar scalar, gboolean wraps)
{
  switch (scalar)
    {
    case IR_SCALAR_I32:
      return wraps ? 1 : 0;
    case IR_SCALAR_U32:
      return 1;
    case IR_SCALAR_I64:
      return wraps ? 3 : 2;
    default:
      return 3;
    }
}

static MachineOpcode
arithmetic_op (IrOpcode opcode, IrScalar scalar, gboolean wraps)
{
  static const MachineOpcode integer[] = {
    [IR_ADD] = MACHINE_OP_ADD_I32, [IR_SUB] = MACHINE_OP_SUB_I32, [IR_MUL] = MACHINE_OP_MUL_I32,
    [IR_DIV] = MACHINE_OP_DIV_I32, [IR_REM] = MACHINE_OP_REM_I32, [IR_SHL] = MACHINE_OP_SHL_I32,
    [IR_SHR] = MACHINE_OP_SHR_I32, [IR_NEG] = MACHINE_OP_NEG_I32,
  };
  static const MachineOpcode bits[] = { [IR_AND] = MACHINE_OP_AND_32,
                                        [IR_OR] = MACHINE_OP_OR_32,
                                        [IR_XOR] = MACHINE_OP_XOR_32,
                                        [IR_NOT] = MACHINE_OP_NOT_32 };
  static const MachineOpcode floating[] = {
    [IR_ADD] = MACHINE_OP_ADD_F32, [IR_SUB] = MACHINE_OP_SUB_F32, [IR_MUL] = MACHINE_OP_MUL_F32,
    [IR_DIV] = MACHINE_OP_DIV_F32, [IR_NEG] = MACHINE_OP_NEG_F32,
  };
  gboolean is_wide = ir_scalar_get_size (scalar) == 8;

  if (opcode == IR_AND || opcode == IR_OR || opcode == IR_XOR || opcode == IR_NOT)
    return bits[opcode] + (is_wide ? MACHINE_OP_AND_64 - MACHINE_OP_AND_32 : 0);
  if (scalar == IR_SCALAR_F32 || scalar == IR_SCALAR_F64)
    return floating[opcode]
           + (scalar == IR_SCALAR_F64 ? MACHINE_OP_ADD_F64 - MACHINE_OP_ADD_F32 : 0);
  return integer[opcode] + integer_row (scalar, wraps) * (MACHINE_OP_ADD_U32 - MACHINE_OP_ADD_I32);
}

/* The comparison and whether its operands are exchanged. */
static MachineOpcode
compare_op (IrOpcode opcode, IrScalar scalar, gboolean *swap)
{
  guint row = scalar == IR_SCALAR_F32   ? 4
              : scalar == IR_SCALAR_F64 ? 5
                                        : integer_row (scalar, FALSE);
  MachineOpcode op = MACHINE_OP_EQ_I32;

  *swap = opcode == IR_GT || opcode == IR_GE;
  if (opcode == IR_NE)
    op = MACHINE_OP_NE_I32;
  else if (opcode == IR_LT || opcode == IR_GT)
    op = MACHINE_OP_LT_I32;
  else if (opcode == IR_LE || opcode == IR_GE)
    op = MACHINE_OP_LE_I32;
  return op + row * (MACHINE_OP_EQ_U32 - MACHINE_OP_EQ_I32);
}

static MachineCell
read_shift_count (MachineFlattener *self, const IrOperand *operand)
{
  MachineCell cell = machine_read_operand (self, operand);
  MachineCell narrow;

  if (operand->kind == IR_OPERAND_CONST
      || ir_scalar_get_size (ir_program_get_scalar (self->program, operand->type)) == 4)
    return cell;
  narrow = machine_take_temporary (self);
  machine_emit (self, MACHINE_OP_SHIFT_COUNT, narrow, cell, 0);
  return narrow;
}

static void
flatten_arithmetic (MachineFlattener *self, const IrInstruction *instruction)
{
  IrScalar scalar = ir_program_get_scalar (self->program, instruction->type);
  IrForm form = ir_opcode_infos[instruction->opcode].form;
  MachineCell x = machine_read_operand (self, &instruction->operands[0]);
  MachineCell y = 0, dest;
  MachineLocation location;
  MachineOpcode op;
  IrScalar result = scalar;

  if (form == IR_FORM_SHIFT)
    y = read_shift_count (self, &instruction->operands[1]);
  else if (instruction->n_operands == 2)
    y = machine_read_operand (self, &instruction->operands[1]);
  location = machine_locate (self, &instruction->dest);
  dest = machine_dest_cell (self, &location);
  if (form == IR_FORM_COMPARE)
    {
      gboolean swap;

      op = compare_op (instruction->opcode, scalar, &swap);
      machine_emit (self, op, dest, swap ? y : x, swap ? x : y);
      result = IR_SCALAR_I32;
    }
  else
    machine_emit (self, arithmetic_op (instruction->opcode, scalar, instruction->wraps), dest, x,
                  y);
  if (location.kind != MACHINE_LOCATION_CELL)
    machine_write_location (self, location, result, dest);
}

/* ---- conversions ---- */

static gboolean
is_floating (IrScalar scalar)
{
  return scalar == IR_SCALAR_F32 || scalar == IR_SCALAR_F64;
}

/* A cell with at least 32 bits of an integer's value. */
static MachineCell
widen (MachineFlattener *self, IrScalar from, gboolean to_64, MachineCell cell)
{
  static const struct
  {
    MachineOpcode to_32, to_64;
  } ops[] = {
    [IR_SCALAR_I8] = { MACHINE_OP_SX8_32, MACHINE_OP_SX8_64 },
    [IR_SCALAR_U8] = { MACHINE_OP_ZX8_32, MACHINE_OP_ZX8_64 },
    [IR_SCALAR_I16] = { MACHINE_OP_SX16_32, MACHINE_OP_SX16_64 },
    [IR_SCALAR_U16] = { MACHINE_OP_ZX16_32, MACHINE_OP_ZX16_64 },
    [IR_SCALAR_I32] = { MACHINE_OP_NOP, MACHINE_OP_SX32_64 },
    [IR_SCALAR_U32] = { MACHINE_OP_NOP, MACHINE_OP_ZX32_64 },
    [IR_SCALAR_I64] = { MACHINE_OP_NOP, MACHINE_OP_NOP },
    [IR_SCALAR_U64] = { MACHINE_OP_NOP, MACHINE_OP_NOP },
  };
  MachineOpcode op = to_64 ? ops[from].to_64 : ops[from].to_32;
  MachineCell wide;

  if (op == MACHINE_OP_NOP)
    return cell;
  wide = machine_take_temporary (self);
  machine_emit (self, op, wide, cell, 0);
  return wide;
}

static MachineCell
convert_to_bool (MachineFlattener *self, IrScalar from, MachineCell cell)
{
  MachineCell dest = machine_take_temporary (self);
  guint log2_size = __builtin_ctz (ir_scalar_get_size (from));
  MachineOpcode op = MACHINE_OP_BOOL_8 + log2_size * (MACHINE_OP_BOOL_16 - MACHINE_OP_BOOL_8);

  if (is_floating (from))
    op = from == IR_SCALAR_F32 ? MACHINE_OP_BOOL_F32 : MACHINE_OP_BOOL_F64;
  machine_emit (self, op, dest, cell, 0);
  return dest;
}

static MachineCell
convert_to_float (MachineFlattener *self, IrScalar from, IrScalar to, MachineCell cell)
{
  MachineCell dest = machine_take_temporary (self);
  MachineOpcode op;

  if (is_floating (from))
    {
      if (from == to)
        return cell;
      machine_emit (self, from == IR_SCALAR_F32 ? MACHINE_OP_F32_F64 : MACHINE_OP_F64_F32, dest,
                    cell, 0);
      return dest;
    }
  cell = widen (self, from, FALSE, cell);
  op = MACHINE_OP_I32_F64;
  if (from == IR_SCALAR_U32)
    op = MACHINE_OP_U32_F64;
  else if (from == IR_SCALAR_I64)
    op = MACHINE_OP_I64_F64;
  else if (from == IR_SCALAR_U64)
    op = MACHINE_OP_U64_F64;
  if (to == IR_SCALAR_F32)
    op += MACHINE_OP_I32_F32 - MACHINE_OP_I32_F64;
  machine_emit (self, op, dest, cell, 0);
  return dest;
}

static MachineCell
convert_from_float (MachineFlattener *self, IrScalar from, IrScalar to, MachineCell cell)
{
  MachineCell dest = machine_take_temporary (self);
  MachineOpcode op = MACHINE_OP_F64_I32;

  cell = convert_to_float (self, from, IR_SCALAR_F64, cell);
  if (to == IR_SCALAR_U32)
    op = MACHINE_OP_F64_U32;
  else if (to == IR_SCALAR_I64)
    op = MACHINE_OP_F64_I64;
  else if (to == IR_SCALAR_U64)
    op = MACHINE_OP_F64_U64;
  machine_emit (self, op, dest, cell, 0);
  return dest;
}

static MachineCell
convert_scalar (MachineFlattener *self, IrScalar from, const IrType *to_type, MachineCell cell)
{
  IrScalar to = ir_type_get_scalar (to_type);
  MachineCell dest;

  if (to_type->kind == IR_TYPE_BOOL)
    return convert_to_bool (self, from, cell);
  if (from == IR_SCALAR_POINTER && to == IR_SCALAR_POINTER)
    return cell;
  if (from == IR_SCALAR_POINTER)
    {
      dest = machine_take_temporary (self);
      machine_emit (self, MACHINE_OP_EXPOSE, dest, cell, 0);
      return dest;
    }
  if (to == IR_SCALAR_POINTER)
    {
      cell = widen (self, from, TRUE, cell);
      dest = machine_take_temporary (self);
      machine_emit (self, MACHINE_OP_UNPROVED, dest, cell, 0);
      return dest;
    }
  if (is_floating (to))
    return convert_to_float (self, from, to, cell);
  if (is_floating (from))
    return convert_from_float (self, from, to, cell);
  /* Little endian: the low bytes of a wide cell are the narrow value. */
  return widen (self, from, ir_scalar_get_size (to) == 8, cell);
}

/* ---- moves ---- */

static void
move_block (MachineFlattener *self, const IrInstruction *instruction, guint64 size)
{
  const IrPlace *from = &instruction->operands[0].place;
  MachineLocation source = machine_locate (self, from);
  MachineLocation dest = machine_locate (self, &instruction->dest);
  MachineCell pointer;

  if (source.kind == MACHINE_LOCATION_CELL && dest.kind == MACHINE_LOCATION_CELL)
    {
      machine_emit (self, MACHINE_OP_COPY, dest.cell, source.cell, size);
      return;
    }
  if (dest.kind == MACHINE_LOCATION_CELL)
    {
      pointer = machine_address_of (self, from, machine_take_temporary (self));
      machine_emit (self, MACHINE_OP_LOAD_BLOCK, dest.cell, pointer, size);
      return;
    }
  pointer = machine_address_of (self, &instruction->dest, machine_take_temporary (self));
  if (source.kind == MACHINE_LOCATION_CELL)
    machine_emit (self, MACHINE_OP_STORE_BLOCK, source.cell, pointer, size);
  else
    {
      MachineCell from_pointer = machine_address_of (self, from, machine_take_temporary (self));

      machine_emit (self, MACHINE_OP_MOVE_BLOCK, pointer, from_pointer, size);
    }
}

static void
flatten_move (MachineFlattener *self, const IrInstruction *instruction)
{
  const IrType *type = ir_program_get_type (self->program, instruction->dest.type);
  IrScalar scalar = ir_type_get_scalar (type);
  MachineLocation dest;
  MachineCell value;

  if (scalar == IR_SCALAR_NONE)
    {
      move_block (self, instruction, type->size);
      return;
    }
  value = machine_read_operand (self, &instruction->operands[0]);
  if (instruction->opcode == IR_CONVERT)
    value = convert_scalar (
        self, ir_program_get_scalar (self->program, instruction->operands[0].type), type, value);
  dest = machine_locate (self, &instruction->dest);
  machine_write_location (self, dest, scalar, value);
}

static void
flatten_address (MachineFlattener *self, const IrInstruction *instruction)
{
  MachineCell pointer
      = machine_address_of (self, &instruction->place, machine_take_temporary (self));

  machine_write_location (self, machine_locate (self, &instruction->dest), IR_SCALAR_POINTER,
                          pointer);
}

static MachineCell
read_offset (MachineFlattener *self, const IrOperand *operand, gboolean *is_wide)
{
  IrScalar scalar = ir_program_get_scalar (self->program, operand->type);
  MachineCell cell = machine_read_operand (self, operand);

  *is_wide = scalar != IR_SCALAR_I32;
  return *is_wide ? widen (self, scalar, TRUE, cell) : cell;
}

static void
flatten_pointer_step (MachineFlattener *self, const IrInstruction *instruction)
{
  guint64 size = MAX (ir_program_get_type (self->program, instruction->type)->size, 1);
  MachineCell pointer = machine_read_operand (self, &instruction->operands[0]);
  gboolean is_wide, is_back = instruction->opcode == IR_POINTER_SUB;
  MachineCell index = read_offset (self, &instruction->operands[1], &is_wide);
  MachineLocation dest = machine_locate (self, &instruction->dest);
  MachineCell result = machine_dest_cell (self, &dest);
  MachineOpcode op;

  if (size > G_MAXUINT16)
    {
      MachineCell wide = machine_take_temporary (self);

      if (!is_wide)
        index = widen (self, IR_SCALAR_I32, TRUE, index);
      machine_emit (self, MACHINE_OP_MUL_U64, wide, index, machine_constant (self, size, 0));
      index = wide;
      is_wide = TRUE;
      size = 1;
    }
  op = is_back ? MACHINE_OP_BACK_32 : MACHINE_OP_STEP_32;
  if (is_wide)
    op += MACHINE_OP_STEP_64 - MACHINE_OP_STEP_32;
  machine_emit_n (self, op, size, result, pointer, index);
  if (dest.kind != MACHINE_LOCATION_CELL)
    machine_write_location (self, dest, IR_SCALAR_POINTER, result);
}

static void
flatten_distance (MachineFlattener *self, const IrInstruction *instruction)
{
  MachineCell x = machine_read_operand (self, &instruction->operands[0]);
  MachineCell y = machine_read_operand (self, &instruction->operands[1]);
  MachineLocation dest = machine_locate (self, &instruction->dest);
  MachineCell result = machine_dest_cell (self, &dest);

  machine_emit (self, MACHINE_OP_DISTANCE, result, x, y);
  machine_emit_word (self, MAX (ir_program_get_type (self->program, instruction->type)->size, 1), 0,
                     0);
  if (dest.kind != MACHINE_LOCATION_CELL)
    machine_write_location (self, dest, IR_SCALAR_I64, result);
}

/* ---- slots ---- */

static void
flatten_live (MachineFlattener *self, IrSlotId id)
{
  const MachineSlot *slot = &self->function->slots[id];

  machine_emit_n (self, MACHINE_OP_LIVE, slot->ordinal,
                  machine_cell (MACHINE_CELL_FRAME, slot->offset), id, slot->size);
}

static void
flatten_dead (MachineFlattener *self, IrSlotId id)
{
  const MachineSlot *slot = &self->function->slots[id];

  if (slot->ordinal != MACHINE_NOT_TAKEN)
    machine_emit_n (self, MACHINE_OP_DEAD, slot->ordinal, 0, 0, 0);
}

/* ---- calls ---- */

static void
write_aggregate_argument (MachineFlattener *self, const IrOperand *operand, guint64 size,
                          MachineCell dest)
{
  MachineLocation source = machine_locate (self, &operand->place);

  if (source.kind == MACHINE_LOCATION_CELL)
    machine_emit (self, MACHINE_OP_COPY, dest, source.cell, size);
  else
    machine_emit (self, MACHINE_OP_LOAD_BLOCK, dest,
                  machine_address_of (self, &operand->place, machine_take_temporary (self)), size);
}

/* The arguments go straight into the slots that the callee's frame will have, below the caller's. */
static void
write_arguments (MachineFlattener *self, const IrInstruction *call, const MachineFunction *callee)
{
  for (guint i = 0; i < call->n_operands && i < callee->n_parameters; i++)
    {
      const IrType *type = ir_program_get_type (self->program, call->operands[i].type);
      IrScalar scalar = ir_type_get_scalar (type);
      gint64 offset = (gint64)callee->slots[i].offset - callee->frame_bytes;
      MachineCell dest = machine_cell (MACHINE_CELL_FRAME, offset);

      if (scalar == IR_SCALAR_NONE)
        write_aggregate_argument (self, &call->operands[i], type->size, dest);
      else
        machine_write_location (self, (MachineLocation){ MACHINE_LOCATION_CELL, dest }, scalar,
                                machine_read_operand (self, &call->operands[i]));
    }
}

/* Cells of all arguments first: finding one may need instructions, and the words must stand together. */
static MachineCell *
read_arguments (MachineFlattener *self, const IrInstruction *call)
{
  MachineCell *cells = g_new (MachineCell, call->n_operands + 1);

  for (guint i = 0; i < call->n_operands; i++)
    {
      const IrOperand *operand = &call->operands[i];
      const IrType *type = ir_program_get_type (self->program, operand->type);

      if (ir_type_get_scalar (type) != IR_SCALAR_NONE)
        cells[i] = machine_read_operand (self, operand);
      else
        {
          /* An aggregate is handed over by its place in the frame; one behind a pointer is brought there first. */
          MachineLocation location = machine_locate (self, &operand->place);

          g_assert (location.kind == MACHINE_LOCATION_CELL);
          cells[i] = location.cell;
        }
    }
  return cells;
}

static void
emit_arguments (MachineFlattener *self, const IrInstruction *call, const MachineCell *cells,
                guint first)
{
  for (guint i = first; i < call->n_operands; i++)
    emit_argument (self, cells[i], &call->operands[i], i + 1 == call->n_operands);
}

/* Where a result goes: its cell, or a temporary that is stored afterwards. */
static void
flatten_call (MachineFlattener *self, const IrInstruction *call)
{
  MachineLocation dest = { MACHINE_LOCATION_CELL, MACHINE_NO_CELL };
  IrScalar scalar = IR_SCALAR_NONE;
  g_autofree MachineCell *cells = NULL;
  MachineCell result = MACHINE_NO_CELL;

  if (call->opcode == IR_CALL)
    write_arguments (self, call, machine_code_get_function (self->code, call->id));
  else
    cells = read_arguments (self, call);
  if (call->dest.base != IR_PLACE_NONE)
    {
      scalar = ir_program_get_scalar (self->program, call->dest.type);
      dest = machine_locate (self, &call->dest);
      result = machine_dest_cell (self, &dest);
    }
  switch (call->opcode)
    {
    case IR_CALL:
      /* How many bytes of registers the caller has is known when all of it is flattened. */
      emit_transfer (self, MACHINE_OP_CALL, result, 0, call->id);
      break;
    case IR_CALL_POINTER:
      emit_transfer (self, MACHINE_OP_CALL_POINTER, result, cells[0], call->n_operands - 1);
      emit_arguments (self, call, cells, 1);
      /* The word with the function's type stands last. */
      machine_emit_word (self, call->type, 0, 0);
      break;
    default:
      machine_emit_n (self, MACHINE_OP_LEAF, call->n_operands, result, call->type, call->id);
      emit_arguments (self, call, cells, 0);
      break;
    }
  if (dest.kind != MACHINE_LOCATION_CELL)
    machine_write_location (self, dest, scalar, result);
}

/* ---- transfers ---- */

static void
flatten_jump (MachineFlattener *self, IrBlockId target, IrBlockId next)
{
  if (target != next)
    emit_to_block (self, MACHINE_OP_JUMP, 0, 0, target);
  else if (self->pending_stop != MACHINE_NO_STOP)
    machine_emit (self, MACHINE_OP_NOP, 0, 0, 0);
}

/* Widening a number does not make it zero: a condition on one looks at the narrow one, and the widening goes. */
static void
narrow_condition (MachineFlattener *self, MachineCell *cell, guint *log2_size)
{
  const MachineOp *last;
  guint code;

  if (self->pending_stop != MACHINE_NO_STOP || self->code->ops->len <= self->block_begin
      || (*cell & 3) != MACHINE_CELL_REGISTER)
    return;
  last = machine_code_get_op (self->code, self->code->ops->len - 1);
  code = last->op;
  if (machine_code_get_info (self->code, self->code->ops->len - 1)->is_extension || last->a != *cell
      || *log2_size != 2
      || (code != MACHINE_OP_SX8_32 && code != MACHINE_OP_ZX8_32 && code != MACHINE_OP_SX16_32
          && code != MACHINE_OP_ZX16_32))
    return;
  *log2_size = code == MACHINE_OP_SX8_32 || code == MACHINE_OP_ZX8_32 ? 0 : 1;
  *cell = last->b;
  g_array_set_size (self->code->ops, self->code->ops->len - 1);
  g_array_set_size (self->code->infos, self->code->infos->len - 1);
  self->run_offset--;
}

static void
branch_on_value (MachineFlattener *self, const IrInstruction *branch, IrBlockId next)
{
  IrScalar scalar = ir_program_get_scalar (self->program, branch->type);
  MachineCell cell = machine_read_operand (self, &branch->operands[0]);
  guint log2_size;

  if (is_floating (scalar))
    {
      cell = convert_to_bool (self, scalar, cell);
      scalar = IR_SCALAR_U8;
    }
  log2_size = __builtin_ctz (ir_scalar_get_size (scalar));
  narrow_condition (self, &cell, &log2_size);
  if (branch->target == next)
    emit_to_block (self, MACHINE_OP_BRZ_8 + log2_size * 2, 0, cell, branch->otherwise);
  else
    {
      emit_to_block (self, MACHINE_OP_BRNZ_8 + log2_size * 2, 0, cell, branch->target);
      flatten_jump (self, branch->otherwise, next);
    }
}

static IrOpcode
negate_comparison (IrOpcode opcode)
{
  switch (opcode)
    {
    case IR_EQ:
      return IR_NE;
    case IR_NE:
      return IR_EQ;
    case IR_LT:
      return IR_GE;
    case IR_GE:
      return IR_LT;
    case IR_GT:
      return IR_LE;
    default:
      return IR_GT;
    }
}

/* A comparison and the branch that consumes it, in one. With doubles a negated comparison would be another one: !(a < b) holds for
 * a NaN, a >= b does not. */
static void
branch_on_comparison (MachineFlattener *self, const IrInstruction *compare,
                      const IrInstruction *branch, IrBlockId next)
{
  IrScalar scalar = ir_program_get_scalar (self->program, compare->type);
  IrOpcode opcode = compare->opcode;
  gboolean negate = branch->target == next && !is_floating (scalar);
  MachineCell x, y;
  MachineOpcode op;
  gboolean swap;

  x = machine_read_operand (self, &compare->operands[0]);
  y = machine_read_operand (self, &compare->operands[1]);
  if (negate)
    opcode = negate_comparison (opcode);
  op = compare_op (opcode, scalar, &swap) + MACHINE_OP_BR_EQ_I32 - MACHINE_OP_EQ_I32;
  emit_to_block (self, op, swap ? y : x, swap ? x : y, negate ? branch->otherwise : branch->target);
  if (!negate)
    flatten_jump (self, branch->otherwise, next);
}

static void
flatten_switch (MachineFlattener *self, const IrInstruction *instruction)
{
  MachineSwitch *table = g_new0 (MachineSwitch, 1);
  IrScalar scalar = ir_program_get_scalar (self->program, instruction->type);
  MachineCell cell
      = widen (self, scalar, TRUE, machine_read_operand (self, &instruction->operands[0]));

  table->n_cases = instruction->n_cases;
  table->cases = g_new (MachineCase, table->n_cases + 1);
  for (guint i = 0; i < table->n_cases; i++)
    table->cases[i] = (MachineCase){ instruction->cases[i].value, instruction->cases[i].block };
  table->otherwise = instruction->otherwise;
  emit_transfer (self, MACHINE_OP_SWITCH, 8, cell, self->code->switches->len);
  g_ptr_array_add (self->code->switches, table);
}

static void
flatten_return (MachineFlattener *self, const IrInstruction *instruction)
{
  const IrType *type;
  IrScalar scalar;
  MachineCell cell;

  if (instruction->n_operands == 0)
    {
      emit_transfer (self, MACHINE_OP_RETURN, 0, 0, 0);
      return;
    }
  type = ir_program_get_type (self->program, instruction->operands[0].type);
  scalar = ir_type_get_scalar (type);
  if (scalar != IR_SCALAR_NONE)
    {
      cell = machine_read_operand (self, &instruction->operands[0]);
      emit_transfer (self,
                     MACHINE_OP_RETURN_1
                         + machine_width_index (scalar)
                               * (MACHINE_OP_RETURN_2 - MACHINE_OP_RETURN_1),
                     instruction->operands[0].type, cell, 0);
      return;
    }
  {
    MachineLocation location = machine_locate (self, &instruction->operands[0].place);

    g_assert (location.kind == MACHINE_LOCATION_CELL);
    emit_transfer (self, MACHINE_OP_RETURN_BLOCK, instruction->operands[0].type, location.cell,
                   type->size);
  }
}

static void
flatten_instruction (MachineFlattener *self, const IrInstruction *instruction, IrBlockId next)
{
  switch (ir_opcode_infos[instruction->opcode].form)
    {
    case IR_FORM_STOP:
      if (self->pending_stop != MACHINE_NO_STOP)
        machine_emit (self, MACHINE_OP_NOP, 0, 0, 0);
      self->pending_stop = instruction->id;
      self->pending_span = instruction->span;
      break;
    case IR_FORM_SLOT:
      if (instruction->opcode == IR_LIVE)
        flatten_live (self, instruction->id);
      else
        flatten_dead (self, instruction->id);
      break;
    case IR_FORM_MOVE:
    case IR_FORM_CONVERT:
      flatten_move (self, instruction);
      break;
    case IR_FORM_ADDRESS:
      flatten_address (self, instruction);
      break;
    case IR_FORM_UNARY:
    case IR_FORM_BINARY:
    case IR_FORM_SHIFT:
    case IR_FORM_COMPARE:
      flatten_arithmetic (self, instruction);
      break;
    case IR_FORM_POINTER:
      flatten_pointer_step (self, instruction);
      break;
    case IR_FORM_DIFFER:
      flatten_distance (self, instruction);
      break;
    case IR_FORM_KILL:
      break;
    case IR_FORM_CALL:
    case IR_FORM_CALLP:
    case IR_FORM_LEAF:
      flatten_call (self, instruction);
      break;
    case IR_FORM_JUMP:
      flatten_jump (self, instruction->target, next);
      break;
    case IR_FORM_BRANCH:
      branch_on_value (self, instruction, next);
      break;
    case IR_FORM_SWITCH:
      flatten_switch (self, instruction);
      break;
    case IR_FORM_RETURN:
      flatten_return (self, instruction);
      break;
    case IR_FORM_TRAP:
      emit_transfer (self, MACHINE_OP_UNREACHABLE, 0, 0, 0);
      break;
    }
}

/* Whether the instructions at i and i + 1 are a comparison and the branch that consumes it. */
static gboolean
is_fused_pair (const GPtrArray *instructions, guint i)
{
  const IrInstruction *compare, *branch;

  if (i + 1 >= instructions->len)
    return FALSE;
  compare = g_ptr_array_index (instructions, i);
  branch = g_ptr_array_index (instructions, i + 1);
  return ir_opcode_infos[compare->opcode].form == IR_FORM_COMPARE && branch->opcode == IR_BRANCH
         && ir_place_is_register (&compare->dest) && branch->operands[0].kind == IR_OPERAND_MOVE
         && ir_place_is_register (&branch->operands[0].place)
         && branch->operands[0].place.id == compare->dest.id;
}

static void
flatten_list (MachineFlattener *self, const GPtrArray *instructions, IrBlockId next)
{
  for (guint i = 0; i < instructions->len; i++)
    {
      const IrInstruction *instruction = g_ptr_array_index (instructions, i);

      self->span = instruction->span;
      self->temporary = 0;
      if (is_fused_pair (instructions, i))
        {
          branch_on_comparison (self, instruction, g_ptr_array_index (instructions, i + 1), next);
          i++;
        }
      else
        flatten_instruction (self, instruction, next);
    }
}

/* Whether a jump to the block had better be a copy of it: a loop's condition that jumps are made back to. */
static gboolean
is_short_condition (const IrBlock *block)
{
  const IrInstruction *last;

  if (block->instructions->len == 0 || block->instructions->len > MAX_COPIED_CONDITION)
    return FALSE;
  last = g_ptr_array_index (block->instructions, block->instructions->len - 1);
  return last->opcode == IR_BRANCH;
}

static void
flatten_block (MachineFlattener *self, IrBlockId id)
{
  const IrBlock *block = ir_function_get_block (self->ir, id);
  const IrInstruction *last = g_ptr_array_index (block->instructions, block->instructions->len - 1);
  IrBlockId next = id + 1;

  self->block_entries[id] = self->code->ops->len;
  self->block_begin = self->code->ops->len;
  flatten_list (self, block->instructions, next);
  if (last->opcode == IR_JUMP && last->target <= id
      && is_short_condition (ir_function_get_block (self->ir, last->target)))
    {
      /* In place of the jump that was just emitted. */
      guint32 at = self->code->ops->len - 1;
      gboolean has_stop = g_array_index (self->code->ops, MachineOp, at).op % 2 == 1;

      if (has_stop)
        return;
      self->run_offset = g_array_index (self->code->ops, MachineOp, at).n - 1;
      g_array_set_size (self->code->ops, at);
      g_array_set_size (self->code->infos, at);
      g_array_set_size (self->patches, self->patches->len - 1);
      flatten_list (self, ir_function_get_block (self->ir, last->target)->instructions, next);
    }
}

static guint32
resolve_target (MachineFlattener *self, IrBlockId block)
{
  return self->block_entries[block];
}

static void
patch_targets (MachineFlattener *self, guint first_switch)
{
  for (guint i = 0; i < self->patches->len; i++)
    {
      MachineOp *op
          = &g_array_index (self->code->ops, MachineOp, g_array_index (self->patches, guint32, i));

      op->c = resolve_target (self, op->c);
    }
  for (guint i = first_switch; i < self->code->switches->len; i++)
    {
      MachineSwitch *table = g_ptr_array_index (self->code->switches, i);

      for (guint j = 0; j < table->n_cases; j++)
        table->cases[j].target = resolve_target (self, table->cases[j].target);
      table->otherwise = resolve_target (self, table->otherwise);
    }
}

static void
flatten_function (MachineFlattener *self)
{
  guint first_switch = self->code->switches->len;

  self->function->entry = self->code->ops->len;
  self->pending_stop = MACHINE_NO_STOP;
  self->run_offset = 0;
  self->max_temporary = 0;
  self->block_entries = g_new0 (guint32, self->ir->blocks->len + 1);
  g_array_set_size (self->patches, 0);
  machine_place_registers (self, self->function->n_taken * 8);
  self->span = self->ir->span;
  self->temporary = 0;
  for (guint i = 0; i < self->function->n_parameters; i++)
    if (self->function->slots[i].ordinal != MACHINE_NOT_TAKEN)
      machine_emit_n (self, MACHINE_OP_LIVE, self->function->slots[i].ordinal, MACHINE_NO_CELL, i,
                      self->function->slots[i].size);
  for (guint i = 0; i < self->ir->blocks->len; i++)
    flatten_block (self, i);
  patch_targets (self, first_switch);
  self->function->register_bytes = self->first_temporary + self->max_temporary;
  for (guint32 i = self->function->entry; i < self->code->ops->len; i++)
    {
      MachineOp *op = &g_array_index (self->code->ops, MachineOp, i);

      if (!machine_code_get_info (self->code, i)->is_extension && (op->op & ~1u) == MACHINE_OP_CALL)
        op->b = self->function->register_bytes;
    }
  g_clear_pointer (&self->block_entries, g_free);
  g_clear_pointer (&self->register_offsets, g_free);
}

/* ---- layout of frames and globals ---- */

static guint64
round_up (guint64 value, guint64 step)
{
  return (value + step - 1) / step * step;
}

/* Locals lie in the order of their declaration at falling addresses, below the 16 bytes of the return record. */
static void
lay_out_frame (const IrProgram *program, MachineFunction *function)
{
  const IrFunction *ir = function->ir;
  const IrType *type = ir_program_get_type (program, ir->type);
  guint64 depth = 16;
  guint64 parameters_end = 16;

  function->slots = g_new0 (MachineSlot, ir->slots->len + 1);
  function->n_parameters = type->fields->len;
  function->result = ir_program_get_scalar (program, type->element);
  function->result_size = ir_program_get_type (program, type->element)->size;
  for (guint i = 0; i < ir->slots->len; i++)
    {
      const IrSlot *slot = ir_function_get_slot (ir, i);
      const IrType *of = ir_program_get_type (program, slot->type);
      MachineSlot *at = &function->slots[i];

      depth = round_up (depth + of->size, MAX (of->align, 1));
      at->offset = depth;
      at->size = of->size;
      at->ordinal = slot->is_address_taken ? function->n_taken++ : MACHINE_NOT_TAKEN;
      if (i + 1 == function->n_parameters)
        parameters_end = depth;
    }
  function->frame_bytes = round_up (depth, 16);
  function->cleared_bytes = function->frame_bytes - parameters_end;
  for (guint i = 0; i < ir->slots->len; i++)
    function->slots[i].offset = function->frame_bytes - function->slots[i].offset;
}

static void
lay_out_functions (MachineCode *code)
{
  for (guint i = 0; i < code->program->functions->len; i++)
    {
      MachineFunction function = { ir_program_get_function (code->program, i) };

      if (function.ir->is_defined)
        lay_out_frame (code->program, &function);
      code->margin = MAX (code->margin, function.frame_bytes - function.cleared_bytes);
      g_array_append_val (code->functions, function);
    }
}

/* Addresses of globals: constants and text in one region, variables in the other, each in the order of the program. */
static void
lay_out_globals (MachineCode *code, guint64 heap_bytes, guint64 stack_bytes)
{
  const IrProgram *program = code->program;
  MemRange regions[MEM_N_REGIONS], hidden;
  guint64 ends[2] = { 0, 0 };

  code->sizes = (MemSizes){ code->ops->len, 0, 0, heap_bytes, stack_bytes, 0 };
  for (int pass = 0; pass < 2; pass++)
    {
      if (pass == 1)
        mem_space_get_map (&code->sizes, regions, &hidden);
      ends[0] = ends[1] = 0;
      for (guint i = 0; i < program->globals->len; i++)
        {
          const IrGlobal *global = ir_program_get_global (program, i);
          const IrType *type = ir_program_get_type (program, global->type);
          gboolean is_data = global->kind == IR_GLOBAL_VARIABLE;
          guint64 at = round_up (ends[is_data], MAX (type->align, 1));

          ends[is_data] = at + MAX (type->size, 1);
          if (pass == 1)
            code->global_addresses[i]
                = at + regions[is_data ? MEM_REGION_DATA : MEM_REGION_CONSTANTS].begin;
        }
      code->sizes.constants = ends[0];
      code->sizes.data = ends[1];
    }
}

/* Constants get their addresses, functions theirs, and pages with directly written globals are listed. */
static void
resolve_cell (MachineCode *code, guint32 *cell, guint64 hidden)
{
  if (*cell != MACHINE_NO_CELL && (*cell & 3) == 3)
    *cell = machine_cell (MACHINE_CELL_ABSOLUTE, hidden + (*cell >> 2) * 8);
}

/* Which of a, b, c are cells. */
static guint
get_cell_fields (MachineOpcode op)
{
  if (op >= MACHINE_OP_BR_EQ_I32 && op <= MACHINE_OP_BR_LE_F64_STOP)
    {
      guint in_row = (op - MACHINE_OP_EQ_I32) % (MACHINE_OP_EQ_U32 - MACHINE_OP_EQ_I32);

      return in_row >= MACHINE_OP_BR_EQ_I32 - MACHINE_OP_EQ_I32 ? 3 : 7;
    }
  switch (op & ~1u)
    {
    case MACHINE_OP_LOAD_1:
    case MACHINE_OP_LOAD_2:
    case MACHINE_OP_LOAD_4:
    case MACHINE_OP_LOAD_8:
    case MACHINE_OP_LOAD_P:
    case MACHINE_OP_STORE_1:
    case MACHINE_OP_STORE_2:
    case MACHINE_OP_STORE_4:
    case MACHINE_OP_STORE_8:
    case MACHINE_OP_STORE_P:
    case MACHINE_OP_COPY:
    case MACHINE_OP_LOAD_BLOCK:
    case MACHINE_OP_STORE_BLOCK:
    case MACHINE_OP_MOVE_BLOCK:
    case MACHINE_OP_OFFSET:
    case MACHINE_OP_CALL_POINTER:
      return 3;
    case MACHINE_OP_LIVE:
    case MACHINE_OP_CALL:
    case MACHINE_OP_LEAF:
      return 1;
    case MACHINE_OP_JUMP:
    case MACHINE_OP_RETURN:
    case MACHINE_OP_NOP:
    case MACHINE_OP_DEAD:
    case MACHINE_OP_UNREACHABLE:
      return 0;
    case MACHINE_OP_BRZ_8:
    case MACHINE_OP_BRZ_16:
    case MACHINE_OP_BRZ_32:
    case MACHINE_OP_BRZ_64:
    case MACHINE_OP_BRNZ_8:
    case MACHINE_OP_BRNZ_16:
    case MACHINE_OP_BRNZ_32:
    case MACHINE_OP_BRNZ_64:
    case MACHINE_OP_SWITCH:
    case MACHINE_OP_RETURN_1:
    case MACHINE_OP_RETURN_2:
    case MACHINE_OP_RETURN_4:
    case MACHINE_OP_RETURN_8:
    case MACHINE_OP_RETURN_P:
    case MACHINE_OP_RETURN_BLOCK:
      return 2;
    default:
      return 7;
    }
}

static void
resolve_constants (MachineCode *code)
{
  MemRange regions[MEM_N_REGIONS], hidden;

  mem_space_get_map (&code->sizes, regions, &hidden);
  for (guint i = 0; i < code->ops->len; i++)
    {
      MachineOp *op = &g_array_index (code->ops, MachineOp, i);
      guint fields = get_cell_fields (op->op);

      if (!machine_code_get_info (code, i)->is_extension)
        {
          if (fields & 1)
            resolve_cell (code, &op->a, hidden.begin);
          if (fields & 2)
            resolve_cell (code, &op->b, hidden.begin);
          if (fields & 4)
            resolve_cell (code, &op->c, hidden.begin);
          continue;
        }
    }
  for (guint i = 0; i < code->ops->len; i++)
    {
      const MachineOp *op = machine_code_get_op (code, i);

      if (machine_code_get_info (code, i)->is_extension)
        continue;
      if ((op->op & ~1u) == MACHINE_OP_LEAF || (op->op & ~1u) == MACHINE_OP_CALL_POINTER)
        {
          guint n = (op->op & ~1u) == MACHINE_OP_LEAF ? op->n : op->c;

          for (guint j = 1; j <= n; j++)
            resolve_cell (code,
                          &((MachineArgument *)&g_array_index (code->ops, MachineOp, i + j))->cell,
                          hidden.begin);
        }
    }
}

static void
resolve_functions (MachineCode *code)
{
  for (guint i = 0; i < code->functions->len; i++)
    {
      MachineFunction *function = &g_array_index (code->functions, MachineFunction, i);

      function->address = 0x400 + function->entry;
      code->register_margin = MAX (code->register_margin, function->register_bytes + 64);
    }
  for (guint i = 0; i < code->constants->len; i++)
    {
      MachineConstant *constant = &g_array_index (code->constants, MachineConstant, i);

      if (constant->block >= machine_function_block (code, 0))
        constant->bits
            = machine_code_get_function (code, constant->block - machine_function_block (code, 0))
                  ->address;
    }
}

/* Globals that are written as cells: their pages count as written in every interval. */
static void
list_direct_pages (MachineCode *code)
{
  guint32 last = G_MAXUINT32;

  for (guint i = 0; i < code->program->globals->len; i++)
    {
      const IrGlobal *global = ir_program_get_global (code->program, i);
      const IrType *type = ir_program_get_type (code->program, global->type);
      guint32 first = code->global_addresses[i] >> MEM_PAGE_SHIFT;
      guint32 end = (code->global_addresses[i] + type->size) >> MEM_PAGE_SHIFT;

      if (global->kind != IR_GLOBAL_VARIABLE)
        continue;
      for (guint32 page = first; page <= end; page++)
        {
          if (page != last)
            g_array_append_val (code->direct_pages, page);
          last = page;
        }
    }
}

/* ---- the whole program ---- */

static void
switch_free (gpointer data)
{
  MachineSwitch *table = data;

  g_free (table->cases);
  g_free (table);
}

static MachineCode *
code_alloc (IrProgram *program)
{
  MachineCode *code = g_new0 (MachineCode, 1);

  g_atomic_ref_count_init (&code->reference_count);
  code->program = ir_program_ref (program);
  code->ops = g_array_new (FALSE, TRUE, sizeof (MachineOp));
  code->infos = g_array_new (FALSE, TRUE, sizeof (MachineOpInfo));
  code->functions = g_array_new (FALSE, TRUE, sizeof (MachineFunction));
  code->switches = g_ptr_array_new_with_free_func (switch_free);
  code->constants = g_array_new (FALSE, TRUE, sizeof (MachineConstant));
  code->global_addresses = g_new0 (guint32, program->globals->len + 1);
  code->direct_pages = g_array_new (FALSE, FALSE, sizeof (guint32));
  return code;
}

/* Flattens a verified program for a heap and a stack of these sizes. (transfer full) */
MachineCode *
machine_code_new (IrProgram *program, guint64 heap_bytes, guint64 stack_bytes)
{
  MachineCode *code = code_alloc (program);
  MachineFlattener self = { code, program };

  self.constants = g_hash_table_new_full (hash_constant, equal_constants, g_free, NULL);
  self.patches = g_array_new (FALSE, FALSE, sizeof (guint32));
  lay_out_functions (code);
  /* Where globals lie depends on the length of the code only beyond 3 KiB of it; so an upper bound is laid out first. */
  lay_out_globals (code, heap_bytes, stack_bytes);
  for (int pass = 0; pass < 2; pass++)
    {
      g_array_set_size (code->ops, 0);
      g_array_set_size (code->infos, 0);
      g_array_set_size (code->constants, 0);
      g_ptr_array_set_size (code->switches, 0);
      g_hash_table_remove_all (self.constants);
      for (guint i = 0; i < program->functions->len; i++)
        {
          self.ir = ir_program_get_function (program, i);
          self.function = &g_array_index (code->functions, MachineFunction, i);
          self.function_id = i;
          if (self.ir->is_defined)
            flatten_function (&self);
        }
      lay_out_globals (code, heap_bytes, stack_bytes);
      /* Short programs stay where they were laid out first; only a long one moves and is flattened again. */
      if (code->ops->len <= 0xc00)
        break;
    }
  resolve_functions (code);
  code->sizes.hidden = round_up ((guint64)code->constants->len * 8, 4096) + stack_bytes * 4;
  resolve_constants (code);
  list_direct_pages (code);
  g_hash_table_unref (self.constants);
  g_array_unref (self.patches);
  return code;
}

MachineCode *
machine_code_ref (MachineCode *code)
{
  g_atomic_ref_count_inc (&code->reference_count);
  return code;
}

void
machine_code_unref (MachineCode *code)
{
  if (!g_atomic_ref_count_dec (&code->reference_count))
    return;
  for (guint i = 0; i < code->functions->len; i++)
    g_free (g_array_index (code->functions, MachineFunction, i).slots);
  g_array_unref (code->ops);
  g_array_unref (code->infos);
  g_array_unref (code->functions);
  g_ptr_array_unref (code->switches);
  g_array_unref (code->constants);
  g_free (code->global_addresses);
  g_array_unref (code->direct_pages);
  ir_program_unref (code->program);
  g_free (code);
}
