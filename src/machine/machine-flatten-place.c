/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Places and operands: from paths to cells, pointers and the instructions that load and store.
 *
 * A slot, a global and any fixed path in them is a cell. A path with a variable index in an array that is one of these stays within it by
 * the index check alone. Everything behind a pointer goes through the checked loads and stores. */

#include "machine-flatten.h"

#define MAX_SCALE 0xffff

/* 0, 1, 2, 3 for 1, 2, 4, 8 bytes, 4 for pointers: the order of OPS_MEMORY's rows. */
guint
machine_width_index (IrScalar scalar)
{
  if (scalar == IR_SCALAR_POINTER)
    return 4;
  switch (ir_scalar_get_size (scalar))
    {
    case 1:
      return 0;
    case 2:
      return 1;
    case 4:
      return 2;
    default:
      return 3;
    }
}

/* The instruction of the scalar's width, given the one of OPS_MEMORY for one byte. */
MachineOpcode
machine_width_op (MachineOpcode one_byte, IrScalar scalar)
{
  return one_byte + machine_width_index (scalar) * (MACHINE_OP_MOVE_2 - MACHINE_OP_MOVE_1);
}

static IrScalar
operand_scalar (MachineFlattener *self, const IrOperand *operand)
{
  return ir_program_get_scalar (self->program, operand->type);
}

/* An index as i32 where it is one, else as i64; *is_wide tells. Constants come as i32 where they fit. */
static MachineCell
read_index (MachineFlattener *self, const IrOperand *index, gboolean *is_wide)
{
  IrScalar scalar = operand_scalar (self, index);
  MachineCell cell, wide;

  if (index->kind == IR_OPERAND_CONST)
    {
      gint64 value = (gint64)index->bits;

      *is_wide = value != (gint32)value;
      return machine_constant (self, index->bits, 0);
    }
  cell = machine_read_operand (self, index);
  *is_wide = scalar != IR_SCALAR_I32;
  if (scalar == IR_SCALAR_U32)
    {
      wide = machine_take_temporary (self);
      machine_emit (self, MACHINE_OP_ZX32_64, wide, cell, 0);
      return wide;
    }
  g_assert (scalar == IR_SCALAR_I32 || scalar == IR_SCALAR_I64 || scalar == IR_SCALAR_U64);
  return cell;
}

/* Turns a location that is not finished into a cell with an offset, or a pointer with bytes. */
MachineLocation
machine_settle (MachineFlattener *self, MachineLocation location)
{
  MachineCell temporary;

  switch (location.kind)
    {
    case MACHINE_LOCATION_ELEMENT:
      temporary = machine_take_temporary (self);
      machine_emit (self, MACHINE_OP_INDEX_32, temporary, MACHINE_NO_CELL, location.index);
      machine_emit_word (self, location.count, location.scale, 0);
      return (MachineLocation){ MACHINE_LOCATION_OFFSET, location.cell, temporary };
    case MACHINE_LOCATION_STEPPED:
      temporary = machine_take_temporary (self);
      machine_emit_n (self, MACHINE_OP_STEP_32, location.scale, temporary, location.cell,
                      location.index);
      return (MachineLocation){ MACHINE_LOCATION_POINTER, temporary };
    case MACHINE_LOCATION_CELL:
    case MACHINE_LOCATION_OFFSET:
    case MACHINE_LOCATION_POINTER:
      return location;
    }
  g_assert_not_reached ();
}

static MachineLocation
project_deref (MachineFlattener *self, MachineLocation location, const IrType *pointer)
{
  MachineLocation metadata, target = { MACHINE_LOCATION_POINTER };

  if (!ir_type_is_fat (pointer))
    {
      target.cell = machine_read_location (self, location, IR_SCALAR_POINTER);
      return target;
    }
  location = machine_settle (self, location);
  metadata = machine_project_bytes (self, location, 8);
  target.cell = machine_read_location (self, location, IR_SCALAR_POINTER);
  target.metadata = machine_read_location (
      self, metadata,
      ir_program_get_scalar (self->program, g_array_index (pointer->fields, IrField, 1).type));
  target.has_metadata = TRUE;
  return target;
}

/* The same place, bytes further on. */
MachineLocation
machine_project_bytes (MachineFlattener *self, MachineLocation location, gint64 bytes)
{
  if (bytes == 0)
    return location;
  location = machine_settle (self, location);
  if (location.kind == MACHINE_LOCATION_POINTER)
    location.bytes += bytes;
  else
    location.cell += (guint32)(bytes << 2);
  return location;
}

static MachineLocation
project_index (MachineFlattener *self, MachineLocation location, const IrType *array,
               const IrOperand *operand)
{
  guint64 size = array->count > 0 ? array->size / array->count : 1;
  MachineCell index, offset;
  MachineCell prior = MACHINE_NO_CELL;
  gboolean is_wide;

  if (operand->kind == IR_OPERAND_CONST && operand->bits < array->count)
    return machine_project_bytes (self, location, operand->bits * size);
  index = read_index (self, operand, &is_wide);
  if (location.kind == MACHINE_LOCATION_CELL && !is_wide && size <= MAX_SCALE)
    return (
        MachineLocation){ MACHINE_LOCATION_ELEMENT, location.cell, index, 0, size, array->count };
  location = machine_settle (self, location);
  if (location.kind == MACHINE_LOCATION_OFFSET)
    prior = location.index;
  offset = machine_take_temporary (self);
  machine_emit (self, is_wide ? MACHINE_OP_INDEX_64 : MACHINE_OP_INDEX_32, offset, prior, index);
  machine_emit_word (self, array->count, size, 0);
  if (location.kind != MACHINE_LOCATION_POINTER)
    return (MachineLocation){ MACHINE_LOCATION_OFFSET, location.cell, offset };
  {
    MachineCell pointer = machine_take_temporary (self);

    machine_emit_n (self, MACHINE_OP_STEP_64, 1, pointer, location.cell, offset);
    return (MachineLocation){ MACHINE_LOCATION_POINTER, pointer, 0, location.bytes };
  }
}

/* A pointer `index` elements (8 bytes wide) on. */
static MachineLocation
step_by_elements (MachineFlattener *self, MachineLocation location, guint64 size, MachineCell index)
{
  MachineCell pointer = machine_take_temporary (self);

  if (size > MAX_SCALE)
    {
      MachineCell wide = machine_take_temporary (self);

      machine_emit (self, MACHINE_OP_MUL_U64, wide, index, machine_constant (self, size, 0));
      index = wide;
      size = 1;
    }
  machine_emit_n (self, MACHINE_OP_STEP_64, size, pointer, location.cell, index);
  return (MachineLocation){ MACHINE_LOCATION_POINTER, pointer, 0, location.bytes };
}

/* An element of a slice: checked against the length in the fat pointer. */
static MachineLocation
project_slice_index (MachineFlattener *self, MachineLocation location, guint64 size,
                     const IrOperand *operand)
{
  gboolean is_wide;
  MachineCell index = read_index (self, operand, &is_wide);

  if (!is_wide && operand->kind != IR_OPERAND_CONST)
    index = machine_widen (self, IR_SCALAR_I32, TRUE, index);
  machine_emit (self, MACHINE_OP_BOUND, 0, location.metadata, index);
  if (operand->kind == IR_OPERAND_CONST)
    return machine_project_bytes (
        self, (MachineLocation){ MACHINE_LOCATION_POINTER, location.cell, 0, location.bytes },
        operand->bits * size);
  return step_by_elements (self, location, size, index);
}

static MachineLocation
project_from_end (MachineFlattener *self, MachineLocation location, const IrType *of, guint64 size,
                  guint64 n)
{
  MachineCell index;

  if (of->kind == IR_TYPE_ARRAY)
    return machine_project_bytes (self, location, (of->count - n) * size);
  index = machine_take_temporary (self);
  machine_emit (self, MACHINE_OP_SUB_U64, index, location.metadata, machine_constant (self, n, 0));
  machine_emit (self, MACHINE_OP_BOUND, 0, location.metadata, index);
  return step_by_elements (self, location, size, index);
}

static MachineLocation
project_part (MachineFlattener *self, MachineLocation location, const IrType *of, guint64 size,
              const IrProjection *part)
{
  gboolean is_slice = ir_program_get_type (self->program, part->type)->kind == IR_TYPE_SLICE;
  MachineCell length;

  if (of->kind == IR_TYPE_ARRAY)
    {
      guint64 to = part->is_from_end ? of->count - part->to : part->to;

      location = machine_project_bytes (self, location, part->from * size);
      location.metadata = machine_constant (self, to - part->from, 0);
      location.has_metadata = is_slice;
      return location;
    }
  length = machine_take_temporary (self);
  machine_emit_n (self, MACHINE_OP_PART, part->is_from_end, length, location.metadata,
                  machine_constant (self, part->from, 0));
  machine_emit_word (self, part->to, 0, 0);
  location = machine_project_bytes (self, location, part->from * size);
  location.metadata = length;
  location.has_metadata = TRUE;
  return location;
}

static MachineLocation
project_step (MachineFlattener *self, MachineLocation location, guint64 size,
              const IrOperand *operand)
{
  MachineCell index, pointer;
  gboolean is_wide;

  if (operand->kind == IR_OPERAND_CONST)
    return machine_project_bytes (self, location, (gint64)operand->bits * (gint64)size);
  index = read_index (self, operand, &is_wide);
  location = machine_settle (self, location);
  g_assert (location.kind == MACHINE_LOCATION_POINTER);
  if (location.bytes == 0 && !is_wide && size <= MAX_SCALE)
    return (MachineLocation){ MACHINE_LOCATION_STEPPED, location.cell, index, 0, size };
  pointer = machine_take_temporary (self);
  if (size <= MAX_SCALE)
    machine_emit_n (self, is_wide ? MACHINE_OP_STEP_64 : MACHINE_OP_STEP_32, size, pointer,
                    location.cell, index);
  else
    {
      MachineCell wide = machine_take_temporary (self);

      if (!is_wide)
        {
          machine_emit (self, MACHINE_OP_SX32_64, wide, index, 0);
          index = wide;
        }
      machine_emit (self, MACHINE_OP_MUL_U64, wide, index, machine_constant (self, size, 0));
      machine_emit_n (self, MACHINE_OP_STEP_64, 1, pointer, location.cell, wide);
    }
  return (MachineLocation){ MACHINE_LOCATION_POINTER, pointer, 0, location.bytes };
}

static guint64
size_of (MachineFlattener *self, IrTypeId type)
{
  return ir_program_get_type (self->program, type)->size;
}

static MachineLocation
locate_base (MachineFlattener *self, const IrPlace *place)
{
  MachineCell cell = MACHINE_NO_CELL;

  switch (place->base)
    {
    case IR_PLACE_SLOT:
      cell = machine_cell (MACHINE_CELL_FRAME, self->function->slots[place->id].offset);
      break;
    case IR_PLACE_GLOBAL:
      cell = machine_cell (MACHINE_CELL_ABSOLUTE, self->code->global_addresses[place->id]);
      break;
    case IR_PLACE_REGISTER:
      cell = machine_cell (MACHINE_CELL_REGISTER, self->register_offsets[place->id]);
      break;
    case IR_PLACE_NONE:
      break;
    }
  return (MachineLocation){ MACHINE_LOCATION_CELL, cell };
}

static IrTypeId
get_base_type (MachineFlattener *self, const IrPlace *place)
{
  switch (place->base)
    {
    case IR_PLACE_SLOT:
      return ir_function_get_slot (self->ir, place->id)->type;
    case IR_PLACE_GLOBAL:
      return ir_program_get_global (self->program, place->id)->type;
    case IR_PLACE_REGISTER:
      return ir_function_get_register_type (self->ir, place->id);
    case IR_PLACE_NONE:
      return 0;
    }
  g_assert_not_reached ();
}

/* Emits what is needed to find the place, and says where it is. */
MachineLocation
machine_locate (MachineFlattener *self, const IrPlace *place)
{
  MachineLocation location = locate_base (self, place);
  IrTypeId type = get_base_type (self, place);

  for (guint i = 0; i < place->n_projections; i++)
    {
      const IrProjection *projection = &place->projections[i];
      const IrType *of = ir_program_get_type (self->program, type);

      switch (projection->kind)
        {
        case IR_PROJECT_DEREF:
          location = project_deref (self, location, of);
          break;
        case IR_PROJECT_FIELD:
          location = machine_project_bytes (
              self, location, g_array_index (of->fields, IrField, projection->field).offset);
          break;
        case IR_PROJECT_VARIANT:
          break;
        case IR_PROJECT_END:
          location = project_from_end (self, location, of, size_of (self, projection->type),
                                       projection->to);
          break;
        case IR_PROJECT_PART:
          location = project_part (self, location, of, size_of (self, of->element), projection);
          break;
        case IR_PROJECT_INDEX:
          if (of->kind == IR_TYPE_SLICE)
            location = project_slice_index (self, location, size_of (self, projection->type),
                                            projection->index);
          else
            location = project_index (self, location, of, projection->index);
          break;
        case IR_PROJECT_STEP:
          location = project_step (self, location, MAX (of->size, 1), projection->index);
          break;
        }
      type = projection->type;
    }
  return location;
}

/* The cell that holds the scalar at a location, loaded if need be. */
MachineCell
machine_read_location (MachineFlattener *self, MachineLocation location, IrScalar scalar)
{
  MachineCell dest;

  if (location.kind == MACHINE_LOCATION_CELL)
    return location.cell;
  dest = machine_take_temporary (self);
  switch (location.kind)
    {
    case MACHINE_LOCATION_OFFSET:
      machine_emit (self, machine_width_op (MACHINE_OP_LOADO_1, scalar), dest, location.cell,
                    location.index);
      break;
    case MACHINE_LOCATION_ELEMENT:
      machine_emit_n (self, machine_width_op (MACHINE_OP_LOADA_1, scalar), location.scale, dest,
                      location.cell, location.index);
      machine_emit_word (self, location.count, 0, 0);
      break;
    case MACHINE_LOCATION_POINTER:
      machine_emit (self, machine_width_op (MACHINE_OP_LOAD_1, scalar), dest, location.cell,
                    (guint32)location.bytes);
      break;
    case MACHINE_LOCATION_STEPPED:
      machine_emit_n (self, machine_width_op (MACHINE_OP_LOADX_1, scalar), location.scale, dest,
                      location.cell, location.index);
      break;
    case MACHINE_LOCATION_CELL:
      break;
    }
  return dest;
}

/* Stores the scalar in a cell at a location. */
void
machine_write_location (MachineFlattener *self, MachineLocation location, IrScalar scalar,
                        MachineCell value)
{
  switch (location.kind)
    {
    case MACHINE_LOCATION_CELL:
      if (!machine_redirect_result (self, location.cell, value, ir_scalar_get_size (scalar)))
        machine_emit (self, machine_width_op (MACHINE_OP_MOVE_1, scalar), location.cell, value, 0);
      break;
    case MACHINE_LOCATION_OFFSET:
      machine_emit (self, machine_width_op (MACHINE_OP_STOREO_1, scalar), value, location.cell,
                    location.index);
      break;
    case MACHINE_LOCATION_ELEMENT:
      machine_emit_n (self, machine_width_op (MACHINE_OP_STOREA_1, scalar), location.scale, value,
                      location.cell, location.index);
      machine_emit_word (self, location.count, 0, 0);
      break;
    case MACHINE_LOCATION_POINTER:
      machine_emit (self, machine_width_op (MACHINE_OP_STORE_1, scalar), value, location.cell,
                    (guint32)location.bytes);
      break;
    case MACHINE_LOCATION_STEPPED:
      machine_emit_n (self, machine_width_op (MACHINE_OP_STOREX_1, scalar), location.scale, value,
                      location.cell, location.index);
      break;
    }
}

/* Where an instruction may write its result: the place itself if it is a cell, else a temporary that
 * machine_write_location() stores afterwards. */
MachineCell
machine_dest_cell (MachineFlattener *self, const MachineLocation *location)
{
  return location->kind == MACHINE_LOCATION_CELL ? location->cell : machine_take_temporary (self);
}

/* The block id of the object that a place lies in, as a cell: of a slot from the frame's first registers, of a global a
 * constant. */
static MachineCell
get_block_cell (MachineFlattener *self, const IrPlace *place)
{
  if (place->base == IR_PLACE_GLOBAL)
    return machine_constant (self, machine_global_block (self->code, place->id), 0);
  g_assert (self->function->slots[place->id].ordinal != MACHINE_NOT_TAKEN);
  return machine_cell (MACHINE_CELL_REGISTER, self->function->slots[place->id].ordinal * 8);
}

static MachineCell
emit_address (MachineFlattener *self, const IrPlace *place, MachineLocation location,
              MachineCell dest)
{
  switch (location.kind)
    {
    case MACHINE_LOCATION_CELL:
      machine_emit (self, MACHINE_OP_ADDRESS, dest, location.cell, get_block_cell (self, place));
      break;
    case MACHINE_LOCATION_OFFSET:
      {
        MachineCell base = machine_take_temporary (self);

        machine_emit (self, MACHINE_OP_ADDRESS, base, location.cell, get_block_cell (self, place));
        machine_emit_n (self, MACHINE_OP_STEP_64, 1, dest, base, location.index);
        break;
      }
    case MACHINE_LOCATION_POINTER:
      machine_emit (self, MACHINE_OP_OFFSET, dest, location.cell, (guint32)location.bytes);
      break;
    case MACHINE_LOCATION_ELEMENT:
    case MACHINE_LOCATION_STEPPED:
      g_assert_not_reached ();
    }
  return dest;
}

/* Emits the address of a place into dest, and returns it. */
MachineCell
machine_address_of (MachineFlattener *self, const IrPlace *place, MachineCell dest)
{
  return emit_address (self, place, machine_settle (self, machine_locate (self, place)), dest);
}

/* Emits the address of a place into another place, thin or fat. */
void
machine_write_address (MachineFlattener *self, const IrPlace *place, const IrPlace *dest)
{
  const IrType *type = ir_program_get_type (self->program, dest->type);
  MachineLocation source = machine_settle (self, machine_locate (self, place));
  MachineCell pointer = emit_address (self, place, source, machine_take_temporary (self));
  MachineLocation to = machine_locate (self, dest);

  if (!ir_type_is_fat (type))
    {
      machine_write_location (self, to, IR_SCALAR_POINTER, pointer);
      return;
    }
  g_assert (source.has_metadata);
  to = machine_settle (self, to);
  /* Length or vtable, all of the word goes over. */
  machine_write_location (
      self, machine_project_bytes (self, to, 8),
      ir_program_get_scalar (self->program, g_array_index (type->fields, IrField, 1).type),
      source.metadata);
  machine_write_location (self, to, IR_SCALAR_POINTER, pointer);
}

/* The cell that holds a scalar operand's value. */
MachineCell
machine_read_operand (MachineFlattener *self, const IrOperand *operand)
{
  IrScalar scalar = operand_scalar (self, operand);

  switch (operand->kind)
    {
    case IR_OPERAND_CONST:
      if (scalar == IR_SCALAR_F32)
        {
          union
          {
            guint64 bits;
            double value;
          } wide = { operand->bits };
          union
          {
            float value;
            guint32 bits;
          } narrow = { (float)wide.value };

          return machine_constant (self, narrow.bits, 0);
        }
      return machine_constant (self, operand->bits, 0);
    case IR_OPERAND_GLOBAL:
      return machine_constant (self, self->code->global_addresses[operand->id] + operand->bits,
                               machine_global_block (self->code, operand->id));
    case IR_OPERAND_FUNCTION:
      return machine_constant (self, machine_code_get_function (self->code, operand->id)->address,
                               machine_function_block (self->code, operand->id));
    case IR_OPERAND_COPY:
    case IR_OPERAND_MOVE:
      return machine_read_location (self, machine_locate (self, &operand->place), scalar);
    case IR_OPERAND_SIZE_OF:
    case IR_OPERAND_ALIGN_OF:
    case IR_OPERAND_VTABLE:
    case IR_OPERAND_NONE:
      break;
    }
  g_assert_not_reached ();
}
