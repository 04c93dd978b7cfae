/* SPDX-License-Identifier: GPL-3.0-or-later */

/* References of a managed heap on their way through the code array: who shares one, who hands one over, who lets one go.
 *
 * A traced program needs the places that hold references to be known at every moment, so that whatever is in use is found and nothing
 * else is: a register that was moved from is emptied. A counted program keeps, beyond that, one count for each full place: reading a
 * place into another shares (RETAIN), a register that is used up lets go (LET_GO), and a place that is written lets its old
 * reference go after the new one is in.
 */

#include "machine-flatten.h"

gboolean
machine_is_managed (const MachineFlattener *self, IrTypeId type)
{
  return ir_program_get_type (self->program, type)->is_managed;
}

static gboolean
is_counted (const MachineFlattener *self)
{
  return self->program->management == IR_COUNTED;
}

static gboolean
is_shared (const IrOperand *operand)
{
  return operand->kind == IR_OPERAND_COPY;
}

/* What becomes of an argument when it is passed by the machine at run time. */
MachinePassing
machine_get_passing (const MachineFlattener *self, const IrOperand *operand)
{
  if (!machine_is_managed (self, operand->type))
    return MACHINE_PASS_PLAIN;
  return operand->kind == IR_OPERAND_MOVE ? MACHINE_PASS_HANDED : MACHINE_PASS_COPY;
}

/* ---- using up registers ---- */

/* Whether a register operand goes on living where the instruction puts it. */
static gboolean
hands_over (const IrInstruction *instruction, IrRegId id)
{
  guint first = 0;

  switch (ir_opcode_infos[instruction->opcode].form)
    {
    case IR_FORM_MOVE:
    case IR_FORM_CONVERT:
    case IR_FORM_CALL:
    case IR_FORM_FRAME:
    case IR_FORM_RETURN:
    case IR_FORM_THROW:
    case IR_FORM_YIELD:
      break;
    case IR_FORM_CALLP:
    case IR_FORM_METHOD:
    case IR_FORM_RESUME:
      first = 1;
      break;
    default:
      return FALSE;
    }
  for (guint i = first; i < instruction->n_operands; i++)
    if (instruction->operands[i].kind == IR_OPERAND_MOVE
        && ir_place_is_register (&instruction->operands[i].place)
        && instruction->operands[i].place.id == id)
      return TRUE;
  return FALSE;
}

typedef struct
{
  MachineFlattener *self;
  const IrInstruction *instruction;
} Consumer;

static gboolean
consume_register (gpointer data, IrRegId id, gboolean is_write)
{
  Consumer *consumer = data;
  MachineFlattener *self = consumer->self;
  MachineCell cell = machine_cell (MACHINE_CELL_REGISTER, self->register_offsets[id]);

  if (is_write || !machine_is_managed (self, ir_function_get_register_type (self->ir, id)))
    return TRUE;
  if (is_counted (self) && !hands_over (consumer->instruction, id))
    machine_emit (self, MACHINE_OP_LET_GO, 0, cell, 0);
  else
    machine_emit (self, MACHINE_OP_EMPTY, 0, cell, 0);
  return TRUE;
}

/* Empties the managed registers that an instruction has read. */
void
machine_consume (MachineFlattener *self, const IrInstruction *instruction)
{
  Consumer consumer = { self, instruction };

  if (self->program->management != IR_BY_HAND)
    ir_visit_registers (instruction, consume_register, &consumer);
}

/* ---- writing ---- */

/* Writes a reference to where a place is. is_shared: the cell it comes from keeps it. */
void
machine_write_reference (MachineFlattener *self, const IrPlace *place, MachineLocation dest,
                         MachineCell value, gboolean shares)
{
  MachineCell old;

  if (!is_counted (self))
    {
      machine_write_location (self, dest, IR_SCALAR_POINTER, value);
      return;
    }
  if (shares)
    machine_emit (self, MACHINE_OP_RETAIN, 0, value, 0);
  if (ir_place_is_register (place))
    {
      machine_write_location (self, dest, IR_SCALAR_POINTER, value);
      return;
    }
  if (dest.kind == MACHINE_LOCATION_CELL)
    {
      old = machine_take_temporary (self);
      machine_emit (self, MACHINE_OP_MOVE_P, old, dest.cell, 0);
    }
  else
    old = machine_read_location (self, dest, IR_SCALAR_POINTER);
  machine_write_location (self, dest, IR_SCALAR_POINTER, value);
  machine_emit (self, MACHINE_OP_LET_GO, 0, old, 0);
}

/* Where a call or the like may put its result: the place itself, unless an old reference must be let go there. */
MachineCell
machine_result_cell (MachineFlattener *self, const IrPlace *place, const MachineLocation *dest)
{
  if (is_counted (self) && machine_is_managed (self, place->type) && !ir_place_is_register (place))
    return machine_take_temporary (self);
  return machine_dest_cell (self, dest);
}

/* Brings a result from the cell that machine_result_cell() gave to its place. */
void
machine_write_result (MachineFlattener *self, const IrPlace *place, MachineLocation dest,
                      IrScalar scalar, MachineCell result)
{
  if (dest.kind == MACHINE_LOCATION_CELL && dest.cell == result)
    return;
  if (machine_is_managed (self, place->type))
    machine_write_reference (self, place, dest, result, FALSE);
  else
    machine_write_location (self, dest, scalar, result);
}

/* MOVE or CONVERT of a reference. */
void
machine_move_reference (MachineFlattener *self, const IrInstruction *move)
{
  const IrOperand *operand = &move->operands[0];
  MachineCell value = machine_read_operand (self, operand);

  machine_write_reference (self, &move->dest, machine_locate (self, &move->dest), value,
                           is_shared (operand));
  if (operand->kind == IR_OPERAND_MOVE && operand->place.base == IR_PLACE_SLOT)
    machine_emit (self, MACHINE_OP_EMPTY, 0, value, 0);
}

/* Empties a slot: what it holds is let go of. */
void
machine_clear_slot (MachineFlattener *self, IrSlotId id)
{
  const MachineSlot *slot = &self->function->slots[id];

  machine_emit_n (self, MACHINE_OP_CLEAR,
                  machine_is_managed (self, ir_function_get_slot (self->ir, id)->type), 0,
                  machine_cell (MACHINE_CELL_FRAME, slot->offset), slot->size);
}

/* ---- objects, frames, exceptions ---- */

static MachineCell
read_count (MachineFlattener *self, const IrOperand *count)
{
  return machine_widen (self, ir_program_get_scalar (self->program, count->type), TRUE,
                        machine_read_operand (self, count));
}

/* A value that leaves the frame: one that a place keeps is shared. */
static MachineCell
read_leaving (MachineFlattener *self, const IrOperand *operand)
{
  MachineCell cell = machine_read_operand (self, operand);

  if (is_counted (self) && machine_is_managed (self, operand->type) && is_shared (operand))
    machine_emit (self, MACHINE_OP_RETAIN, 0, cell, 0);
  return cell;
}

static void
flatten_throw (MachineFlattener *self, const IrInstruction *instruction)
{
  MachineCell cell = read_leaving (self, &instruction->operands[0]);

  machine_emit_transfer (self, MACHINE_OP_THROW, instruction->opcode == IR_THROW_ON, cell,
                         instruction->operands[0].kind == IR_OPERAND_MOVE);
}

static void
flatten_catch (MachineFlattener *self, const IrInstruction *instruction)
{
  MachineCell pending = machine_cell (MACHINE_CELL_REGISTER, self->function->pending);

  machine_write_reference (self, &instruction->dest, machine_locate (self, &instruction->dest),
                           pending, FALSE);
  machine_emit (self, MACHINE_OP_EMPTY, 1, pending, 0);
}

static guint
get_size (MachineFlattener *self, IrTypeId type)
{
  return ir_program_get_type (self->program, type)->size;
}

/* Resuming and yielding: the word behind says how wide what is handed over is, and what comes back. */
static void
flatten_exchange (MachineFlattener *self, const IrInstruction *instruction, MachineOpcode op)
{
  const IrOperand *value = &instruction->operands[instruction->n_operands - 1];
  MachineLocation dest = { MACHINE_LOCATION_CELL, MACHINE_NO_CELL };
  MachineCell result = MACHINE_NO_CELL, frame = 0, cell;
  guint dest_size = 0;

  if (op != MACHINE_OP_YIELD)
    frame = machine_read_operand (self, &instruction->operands[0]);
  cell = read_leaving (self, value);
  if (instruction->dest.base != IR_PLACE_NONE)
    {
      dest = machine_locate (self, &instruction->dest);
      result = machine_result_cell (self, &instruction->dest, &dest);
      dest_size = get_size (self, instruction->dest.type);
    }
  else if (is_counted (self) && machine_is_managed (self, value->type))
    {
      result = machine_take_temporary (self);
      dest_size = 8;
    }
  machine_emit_transfer (self, op, result, op == MACHINE_OP_YIELD ? cell : frame,
                         op == MACHINE_OP_YIELD ? 0 : cell);
  machine_emit_word (self, machine_get_passing (self, value), get_size (self, value->type),
                     dest_size);
  if (instruction->dest.base != IR_PLACE_NONE)
    machine_write_result (self, &instruction->dest, dest,
                          ir_program_get_scalar (self->program, instruction->dest.type), result);
  else if (result != MACHINE_NO_CELL)
    machine_emit (self, MACHINE_OP_LET_GO, 0, result, 0);
}

/* An instruction with a result that may not fit into one cell of the frame: op with a = where the result goes. */
static void
flatten_to_dest (MachineFlattener *self, const IrInstruction *instruction, MachineOpcode op,
                 guint32 b, guint32 c)
{
  MachineLocation dest;
  MachineCell result;

  if (instruction->dest.base == IR_PLACE_NONE)
    {
      machine_emit (self, op, MACHINE_NO_CELL, b, c);
      return;
    }
  dest = machine_locate (self, &instruction->dest);
  result = machine_result_cell (self, &instruction->dest, &dest);
  machine_emit (self, op, result, b, c);
  machine_write_result (self, &instruction->dest, dest,
                        ir_program_get_scalar (self->program, instruction->dest.type), result);
}

/* One of the instructions that exist for objects, exceptions and frames that are suspended. */
void
machine_flatten_object (MachineFlattener *self, const IrInstruction *instruction)
{
  switch (instruction->opcode)
    {
    case IR_ALLOCATE:
      flatten_to_dest (self, instruction, MACHINE_OP_ALLOCATE,
                       instruction->n_operands > 0 ? read_count (self, &instruction->operands[0])
                                                   : MACHINE_NO_CELL,
                       instruction->type);
      break;
    case IR_RELEASE:
      machine_emit (self, MACHINE_OP_RELEASE, 0,
                    machine_read_operand (self, &instruction->operands[0]), 0);
      break;
    case IR_COLLECT:
      flatten_to_dest (self, instruction, MACHINE_OP_COLLECT, 0, 0);
      break;
    case IR_KEEP_FRAME:
      flatten_to_dest (self, instruction, MACHINE_OP_KEEP_FRAME, 0, 0);
      break;
    case IR_FRAME_STATE:
      flatten_to_dest (self, instruction, MACHINE_OP_FRAME_STATE,
                       machine_read_operand (self, &instruction->operands[0]), 0);
      break;
    case IR_CATCH:
      flatten_catch (self, instruction);
      break;
    case IR_THROW:
    case IR_THROW_ON:
      flatten_throw (self, instruction);
      break;
    case IR_RETHROW:
      machine_emit_transfer (self, MACHINE_OP_RETHROW, 0,
                             machine_cell (MACHINE_CELL_REGISTER, self->function->pending), 0);
      break;
    case IR_RESUME:
      flatten_exchange (self, instruction, MACHINE_OP_RESUME);
      break;
    case IR_RESUME_THROW:
      flatten_exchange (self, instruction, MACHINE_OP_RESUME_THROW);
      break;
    case IR_YIELD:
      flatten_exchange (self, instruction, MACHINE_OP_YIELD);
      break;
    case IR_ENSURE:
      machine_emit_transfer (
          self, MACHINE_OP_ENSURE, 0,
          machine_cell (MACHINE_CELL_ABSOLUTE, self->code->global_addresses[instruction->other]),
          instruction->id);
      break;
    default:
      g_assert_not_reached ();
    }
}
