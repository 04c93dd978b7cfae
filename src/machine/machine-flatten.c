/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the IR to the code array, one function after the other. Blocks keep their order; a jump to the block that follows is left out; a
 * comparison whose result the next branch consumes becomes one instruction with it; a jump back to a short loop condition
 * becomes a copy of that condition, so that a round of the loop costs one transfer.
 */

#include "machine-flatten.h"

#include <string.h>

#define MAX_COPIED_CONDITION 3 /* IR instructions: stop, comparison, branch */

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

/* A fat pointer is two scalars: nothing that it points to is copied. */
static void
move_fat_pointer (MachineFlattener *self, const IrType *type, const IrPlace *from,
                  MachineLocation dest)
{
  IrScalar metadata
      = ir_program_get_scalar (self->program, g_array_index (type->fields, IrField, 1).type);
  MachineLocation source = machine_settle (self, machine_locate (self, from));
  MachineCell first = machine_read_location (self, source, IR_SCALAR_POINTER);
  MachineCell second
      = machine_read_location (self, machine_project_bytes (self, source, 8), metadata);

  dest = machine_settle (self, dest);
  machine_write_location (self, dest, IR_SCALAR_POINTER, first);
  machine_write_location (self, machine_project_bytes (self, dest, 8), metadata, second);
}

static void
flatten_move (MachineFlattener *self, const IrInstruction *instruction)
{
  const IrType *type = ir_program_get_type (self->program, instruction->dest.type);
  IrScalar scalar = ir_type_get_scalar (type);
  MachineLocation dest;
  MachineCell value;

  if (ir_type_is_fat (type))
    {
      move_fat_pointer (self, type, &instruction->operands[0].place,
                        machine_locate (self, &instruction->dest));
      return;
    }
  if (scalar == IR_SCALAR_NONE)
    {
      move_block (self, instruction, type->size);
      return;
    }
  if (type->is_managed)
    {
      machine_move_reference (self, instruction);
      return;
    }
  value = machine_read_operand (self, &instruction->operands[0]);
  if (instruction->opcode == IR_CONVERT)
    value = machine_convert_scalar (
        self, ir_program_get_scalar (self->program, instruction->operands[0].type), type, value);
  dest = machine_locate (self, &instruction->dest);
  machine_write_location (self, dest, scalar, value);
}

static void
flatten_address (MachineFlattener *self, const IrInstruction *instruction)
{
  machine_write_address (self, &instruction->place, &instruction->dest);
  if (instruction->opcode == IR_BORROW)
    machine_emit_n (self, MACHINE_OP_BORROW, instruction->id, 0,
                    machine_address_of (self, &instruction->place, machine_take_temporary (self)),
                    0);
}

static MachineCell
read_offset (MachineFlattener *self, const IrOperand *operand, gboolean *is_wide)
{
  IrScalar scalar = ir_program_get_scalar (self->program, operand->type);
  MachineCell cell = machine_read_operand (self, operand);

  *is_wide = scalar != IR_SCALAR_I32;
  return *is_wide ? machine_widen (self, scalar, TRUE, cell) : cell;
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
        index = machine_widen (self, IR_SCALAR_I32, TRUE, index);
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
  else if (machine_is_managed (self, ir_function_get_slot (self->ir, id)->type))
    machine_clear_slot (self, id);
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

static void
write_argument (MachineFlattener *self, const IrOperand *operand, MachineCell dest, IrScalar scalar)
{
  MachineCell cell = machine_read_operand (self, operand);
  MachinePassing passing = machine_get_passing (self, operand);

  machine_write_location (self, (MachineLocation){ MACHINE_LOCATION_CELL, dest }, scalar, cell);
  if (passing == MACHINE_PASS_COPY && self->program->management == IR_COUNTED)
    machine_emit (self, MACHINE_OP_RETAIN, 0, cell, 0);
  if (passing == MACHINE_PASS_HANDED && operand->place.base == IR_PLACE_SLOT)
    machine_emit (self, MACHINE_OP_EMPTY, 0, cell, 0);
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
      /* The slots of a resumable frame lie in the heap, what it calls in the stack. */
      MachineCell dest
          = machine_cell (self->ir->is_resumable ? MACHINE_CELL_STACK : MACHINE_CELL_FRAME, offset);

      if (ir_type_is_fat (type))
        move_fat_pointer (self, type, &call->operands[i].place,
                          (MachineLocation){ MACHINE_LOCATION_CELL, dest });
      else if (scalar == IR_SCALAR_NONE)
        write_aggregate_argument (self, &call->operands[i], type->size, dest);
      else
        write_argument (self, &call->operands[i], dest, scalar);
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
    machine_emit_argument (self, cells[i], &call->operands[i], i + 1 == call->n_operands);
}

/* The type of what a call gives; 0: nothing, or not known. */
static IrTypeId
get_result_type (MachineFlattener *self, const IrInstruction *call)
{
  if (call->opcode == IR_CALL)
    return ir_program_get_type (self->program,
                                ir_program_get_function (self->program, call->id)->type)
        ->element;
  return ir_opcode_infos[call->opcode].form == IR_FORM_CALLP
                 || ir_opcode_infos[call->opcode].form == IR_FORM_METHOD
             ? ir_program_get_type (self->program, call->type)->element
             : 0;
}

/* The cell with the pointer to what is called, loaded from its table if it stands in one. */
static MachineCell
find_callee (MachineFlattener *self, const IrInstruction *call, MachineCell table)
{
  MachineCell callee;

  if (call->opcode == IR_CALL_POINTER)
    return table;
  callee = machine_take_temporary (self);
  if (call->opcode == IR_CALL_VIRTUAL)
    machine_emit (self, MACHINE_OP_LOAD_P, callee, table, call->id * 8);
  else
    machine_emit (self, MACHINE_OP_FIND_METHOD, callee, table, call->id);
  return callee;
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
      result = machine_result_cell (self, &call->dest, &dest);
    }
  else if (self->program->management == IR_COUNTED
           && machine_is_managed (self, get_result_type (self, call)))
    result = machine_take_temporary (self);
  switch (call->opcode)
    {
    case IR_CALL:
      machine_consume (self, call);
      /* How many bytes of registers the caller has is known when all of it is flattened. */
      machine_emit_transfer (self, MACHINE_OP_CALL, result, 0, call->id);
      break;
    case IR_CALL_VIRTUAL:
    case IR_CALL_INTERFACE:
    case IR_CALL_POINTER:
      machine_emit_transfer (self, MACHINE_OP_CALL_POINTER, result,
                             find_callee (self, call, cells[0]), call->n_operands - 1);
      emit_arguments (self, call, cells, 1);
      /* The word with the function's type stands last. */
      machine_emit_word (self, call->type, 0, 0);
      break;
    case IR_FRAME:
      machine_emit_n (self, MACHINE_OP_TAKE_FRAME, call->n_operands, result, 0, call->id);
      emit_arguments (self, call, cells, 0);
      break;
    default:
      machine_emit_n (self, call->other != IR_NO_FUNCTION ? MACHINE_OP_LEAF_ELSE : MACHINE_OP_LEAF,
                      call->n_operands, result, call->type, call->id);
      emit_arguments (self, call, cells, 0);
      if (call->other != IR_NO_FUNCTION)
        machine_emit_word (self, call->other, 0, 0);
      /* What the leaf has used up. */
      machine_consume (self, call);
      break;
    }
  if (call->dest.base != IR_PLACE_NONE)
    machine_write_result (self, &call->dest, dest, scalar, result);
  else if (result != MACHINE_NO_CELL)
    machine_emit (self, MACHINE_OP_LET_GO, 0, result, 0);
}

/* ---- transfers ---- */

static void
flatten_jump (MachineFlattener *self, IrBlockId target, IrBlockId next)
{
  if (target != next)
    machine_emit_to_block (self, MACHINE_OP_JUMP, 0, 0, target);
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

  if (machine_is_floating (scalar))
    {
      cell = machine_convert_to_bool (self, scalar, cell);
      scalar = IR_SCALAR_U8;
    }
  if (machine_is_managed (self, branch->operands[0].type))
    {
      MachineCell kept = machine_take_temporary (self);

      machine_emit (self, MACHINE_OP_MOVE_8, kept, cell, 0);
      machine_consume (self, branch);
      cell = kept;
    }
  log2_size = __builtin_ctz (ir_scalar_get_size (scalar));
  narrow_condition (self, &cell, &log2_size);
  if (branch->target == next)
    machine_emit_to_block (self, MACHINE_OP_BRZ_8 + log2_size * 2, 0, cell, branch->otherwise);
  else
    {
      machine_emit_to_block (self, MACHINE_OP_BRNZ_8 + log2_size * 2, 0, cell, branch->target);
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
  gboolean negate = branch->target == next && !machine_is_floating (scalar);
  MachineCell x, y;
  MachineOpcode op;
  gboolean swap;

  x = machine_read_operand (self, &compare->operands[0]);
  y = machine_read_operand (self, &compare->operands[1]);
  if (negate)
    opcode = negate_comparison (opcode);
  op = machine_compare_op (opcode, scalar, &swap) + MACHINE_OP_BR_EQ_I32 - MACHINE_OP_EQ_I32;
  machine_emit_to_block (self, op, swap ? y : x, swap ? x : y,
                         negate ? branch->otherwise : branch->target);
  if (!negate)
    flatten_jump (self, branch->otherwise, next);
}

static void
flatten_switch (MachineFlattener *self, const IrInstruction *instruction)
{
  MachineSwitch *table = g_new0 (MachineSwitch, 1);
  IrScalar scalar = ir_program_get_scalar (self->program, instruction->type);
  MachineCell cell
      = machine_widen (self, scalar, TRUE, machine_read_operand (self, &instruction->operands[0]));

  table->n_cases = instruction->n_cases;
  table->cases = g_new (MachineCase, table->n_cases + 1);
  for (guint i = 0; i < table->n_cases; i++)
    table->cases[i] = (MachineCase){ instruction->cases[i].value, instruction->cases[i].block };
  table->otherwise = instruction->otherwise;
  machine_emit_transfer (self, MACHINE_OP_SWITCH, 8, cell, self->code->switches->len);
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
      machine_emit_transfer (self, MACHINE_OP_RETURN, 0, 0, 0);
      return;
    }
  type = ir_program_get_type (self->program, instruction->operands[0].type);
  scalar = ir_type_get_scalar (type);
  if (scalar != IR_SCALAR_NONE)
    {
      cell = machine_read_operand (self, &instruction->operands[0]);
      if (self->program->management == IR_COUNTED
          && machine_get_passing (self, &instruction->operands[0]) == MACHINE_PASS_COPY)
        machine_emit (self, MACHINE_OP_RETAIN, 0, cell, 0);
      if (!ir_place_is_register (&instruction->operands[0].place))
        machine_consume (self, instruction);
      machine_emit_transfer (self,
                             MACHINE_OP_RETURN_1
                                 + machine_width_index (scalar)
                                       * (MACHINE_OP_RETURN_2 - MACHINE_OP_RETURN_1),
                             instruction->operands[0].type, cell, 0);
      return;
    }
  {
    MachineLocation location = machine_locate (self, &instruction->operands[0].place);

    g_assert (location.kind == MACHINE_LOCATION_CELL);
    machine_emit_transfer (self, MACHINE_OP_RETURN_BLOCK, instruction->operands[0].type,
                           location.cell, type->size);
  }
}

/* The value in a place ends: an event about the block that the place lies in. */
static void
flatten_drop (MachineFlattener *self, const IrInstruction *instruction)
{
  machine_emit (self, MACHINE_OP_DROP, 0,
                machine_address_of (self, &instruction->place, machine_take_temporary (self)), 0);
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
      else if (instruction->opcode == IR_DEAD)
        flatten_dead (self, instruction->id);
      else
        machine_clear_slot (self, instruction->id);
      break;
    case IR_FORM_MOVE:
    case IR_FORM_CONVERT:
      flatten_move (self, instruction);
      break;
    case IR_FORM_DISCRIMINANT:
      machine_flatten_discriminant (self, instruction);
      break;
    case IR_FORM_SET_DISCRIMINANT:
      machine_flatten_set_discriminant (self, instruction);
      break;
    case IR_FORM_DROP:
      flatten_drop (self, instruction);
      break;
    case IR_FORM_BORROW:
    case IR_FORM_ADDRESS:
      flatten_address (self, instruction);
      break;
    case IR_FORM_UNARY:
    case IR_FORM_BINARY:
    case IR_FORM_SHIFT:
    case IR_FORM_COMPARE:
      machine_flatten_arithmetic (self, instruction);
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
    case IR_FORM_METHOD:
    case IR_FORM_LEAF:
    case IR_FORM_FRAME:
      flatten_call (self, instruction);
      return;
    case IR_FORM_ALLOCATE:
    case IR_FORM_USE:
    case IR_FORM_RESULT:
    case IR_FORM_RESUME:
    case IR_FORM_STATE:
    case IR_FORM_ENSURE:
      machine_flatten_object (self, instruction);
      break;
    case IR_FORM_THROW:
    case IR_FORM_YIELD:
      machine_flatten_object (self, instruction);
      return;
    case IR_FORM_JUMP:
      flatten_jump (self, instruction->target, next);
      return;
    case IR_FORM_BRANCH:
      branch_on_value (self, instruction, next);
      return;
    case IR_FORM_SWITCH:
      flatten_switch (self, instruction);
      return;
    case IR_FORM_RETURN:
      flatten_return (self, instruction);
      return;
    case IR_FORM_TRAIT:
      g_assert_not_reached ();
    case IR_FORM_TRAP:
      if (instruction->opcode == IR_RETHROW)
        machine_flatten_object (self, instruction);
      else
        machine_emit_transfer (self, MACHINE_OP_UNREACHABLE, 0, 0, 0);
      return;
    }
  machine_consume (self, instruction);
}

/* Whether the instructions at i and i + 1 are a comparison and the branch that consumes it. */
static gboolean
is_fused_pair (MachineFlattener *self, const GPtrArray *instructions, guint i)
{
  const IrInstruction *compare, *branch;

  if (i + 1 >= instructions->len)
    return FALSE;
  compare = g_ptr_array_index (instructions, i);
  branch = g_ptr_array_index (instructions, i + 1);
  return ir_opcode_infos[compare->opcode].form == IR_FORM_COMPARE
         && !machine_is_managed (self, compare->type) && branch->opcode == IR_BRANCH
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
      if (is_fused_pair (self, instructions, i))
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
is_short_condition (const IrBlock *block, const IrBlock *from)
{
  const IrInstruction *last;

  if (block->unwind != from->unwind || block->is_cleanup != from->is_cleanup)
    return FALSE;

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
      && is_short_condition (ir_function_get_block (self->ir, last->target), block))
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

/* Blocks that follow each other and unwind to the same one share a range. */
static void
add_unwind (MachineFlattener *self, const IrBlock *block, guint32 begin)
{
  MachineUnwind unwind = { begin, self->code->ops->len, block->unwind, block->is_cleanup };
  MachineUnwind *last;

  if (block->unwind == IR_NO_BLOCK && !block->is_cleanup)
    return;
  if (self->function->unwinds == NULL)
    self->function->unwinds = g_array_new (FALSE, FALSE, sizeof (MachineUnwind));
  if (self->function->unwinds->len > 0)
    {
      last = &g_array_index (self->function->unwinds, MachineUnwind,
                             self->function->unwinds->len - 1);
      if (last->end == begin && last->pad == unwind.pad && last->is_cleanup == unwind.is_cleanup)
        {
          last->end = unwind.end;
          return;
        }
    }
  g_array_append_val (self->function->unwinds, unwind);
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

      if (table->is_tags)
        continue;
      for (guint j = 0; j < table->n_cases; j++)
        table->cases[j].target = resolve_target (self, table->cases[j].target);
      table->otherwise = resolve_target (self, table->otherwise);
    }
  for (guint i = 0; self->function->unwinds != NULL && i < self->function->unwinds->len; i++)
    {
      MachineUnwind *unwind = &g_array_index (self->function->unwinds, MachineUnwind, i);

      unwind->pad = unwind->pad == IR_NO_BLOCK ? G_MAXUINT32 : resolve_target (self, unwind->pad);
    }
}

/* The function that self describes, from its IR to the end of the code array. */
void
machine_flatten_function (MachineFlattener *self)
{
  guint first_switch = self->code->switches->len;

  self->function->entry = self->code->ops->len;
  self->pending_stop = MACHINE_NO_STOP;
  self->run_offset = 0;
  self->max_temporary = 0;
  self->block_entries = g_new0 (guint32, self->ir->blocks->len + 1);
  g_clear_pointer (&self->function->unwinds, g_array_unref);
  g_array_set_size (self->patches, 0);
  machine_place_registers (self, self->function->n_taken * 8);
  self->span = self->ir->span;
  self->temporary = 0;
  for (guint i = 0; i < self->function->n_parameters; i++)
    if (self->function->slots[i].ordinal != MACHINE_NOT_TAKEN)
      machine_emit_n (self, MACHINE_OP_LIVE, self->function->slots[i].ordinal, MACHINE_NO_CELL, i,
                      self->function->slots[i].size);
  for (guint i = 0; i < self->ir->blocks->len; i++)
    {
      guint32 begin = self->code->ops->len;

      flatten_block (self, i);
      add_unwind (self, ir_function_get_block (self->ir, i), begin);
    }
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
