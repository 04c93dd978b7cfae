/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Arithmetic, comparisons and conversions. Everything is done in 32 and 64 bits; narrower numbers are widened first, and
 * the low bytes of a wide cell are the narrow number (little endian). */

#include "machine-flatten.h"

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
MachineOpcode
machine_compare_op (IrOpcode opcode, IrScalar scalar, gboolean *swap)
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

/* Everything of the forms UNARY, BINARY, SHIFT and COMPARE. */
void
machine_flatten_arithmetic (MachineFlattener *self, const IrInstruction *instruction)
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

      op = machine_compare_op (instruction->opcode, scalar, &swap);
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

/* Whether a scalar is a float or a double. */
gboolean
machine_is_floating (IrScalar scalar)
{
  return scalar == IR_SCALAR_F32 || scalar == IR_SCALAR_F64;
}

/* A cell with at least 32 bits of an integer's value. */
MachineCell
machine_widen (MachineFlattener *self, IrScalar from, gboolean to_64, MachineCell cell)
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

/* One byte, 0 or 1 (C11 6.3.1.2). */
MachineCell
machine_convert_to_bool (MachineFlattener *self, IrScalar from, MachineCell cell)
{
  MachineCell dest = machine_take_temporary (self);
  guint log2_size = __builtin_ctz (ir_scalar_get_size (from));
  MachineOpcode op = MACHINE_OP_BOOL_8 + log2_size * (MACHINE_OP_BOOL_16 - MACHINE_OP_BOOL_8);

  if (machine_is_floating (from))
    op = from == IR_SCALAR_F32 ? MACHINE_OP_BOOL_F32 : MACHINE_OP_BOOL_F64;
  machine_emit (self, op, dest, cell, 0);
  return dest;
}

static MachineCell
convert_to_float (MachineFlattener *self, IrScalar from, IrScalar to, MachineCell cell)
{
  MachineCell dest = machine_take_temporary (self);
  MachineOpcode op;

  if (machine_is_floating (from))
    {
      if (from == to)
        return cell;
      machine_emit (self, from == IR_SCALAR_F32 ? MACHINE_OP_F32_F64 : MACHINE_OP_F64_F32, dest,
                    cell, 0);
      return dest;
    }
  cell = machine_widen (self, from, FALSE, cell);
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

/* The cell that holds a scalar converted to a type, as a C cast does it. */
MachineCell
machine_convert_scalar (MachineFlattener *self, IrScalar from, const IrType *to_type,
                        MachineCell cell)
{
  IrScalar to = ir_type_get_scalar (to_type);
  MachineCell dest;

  if (to_type->kind == IR_TYPE_BOOL)
    return machine_convert_to_bool (self, from, cell);
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
      cell = machine_widen (self, from, TRUE, cell);
      dest = machine_take_temporary (self);
      machine_emit (self, MACHINE_OP_UNPROVED, dest, cell, 0);
      return dest;
    }
  if (machine_is_floating (to))
    return convert_to_float (self, from, to, cell);
  if (machine_is_floating (from))
    return convert_from_float (self, from, to, cell);
  /* Little endian: the low bytes of a wide cell are the narrow value. */
  return machine_widen (self, from, ir_scalar_get_size (to) == 8, cell);
}
