/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which variant a place holds: its tag, read and written. Where a tag is not the variant's number (a niche: the null of a pointer,
 * the values that a bool has no use for), a table leads from one to the other. */

#include "machine-flatten.h"

static IrScalar
get_tag_scalar (MachineFlattener *self, const IrType *type)
{
  return ir_program_get_scalar (self->program, type->tag_type);
}

/* Tags as they are read: cut to their width, and extended as their type is. */
static guint64
extend_tag (IrScalar scalar, guint64 tag)
{
  guint bits = ir_scalar_get_size (scalar) * 8;

  if (bits == 64)
    return tag;
  if (ir_scalar_is_signed (scalar))
    return (guint64)((gint64)(tag << (64 - bits)) >> (64 - bits));
  return tag & ((G_GUINT64_CONSTANT (1) << bits) - 1);
}

static int
compare_cases (gconstpointer a, gconstpointer b)
{
  guint64 first = ((const MachineCase *)a)->value, second = ((const MachineCase *)b)->value;

  return first < second ? -1 : first > second;
}

/* Index of a new table from tags to variants. */
static guint32
add_table (MachineFlattener *self, const IrType *type)
{
  MachineSwitch *table = g_new0 (MachineSwitch, 1);

  table->is_tags = TRUE;
  table->cases = g_new (MachineCase, type->fields->len + 1);
  for (guint i = 0; i < type->fields->len; i++)
    if (i != type->otherwise)
      table->cases[table->n_cases++] = (MachineCase){
        extend_tag (get_tag_scalar (self, type), g_array_index (type->fields, IrField, i).tag), i
      };
  qsort (table->cases, table->n_cases, sizeof (MachineCase), compare_cases);
  /* No variant has such a tag: a number that none has. */
  table->otherwise = type->otherwise != IR_NO_VARIANT ? type->otherwise : type->fields->len;
  g_ptr_array_add (self->code->switches, table);
  return self->code->switches->len - 1;
}

void
machine_flatten_discriminant (MachineFlattener *self, const IrInstruction *instruction)
{
  const IrType *type = ir_program_get_type (self->program, instruction->place.type);
  IrScalar scalar = get_tag_scalar (self, type);
  MachineCell result;

  if (scalar == IR_SCALAR_NONE)
    result = machine_constant (self, 0, 0);
  else
    {
      MachineLocation tag = machine_project_bytes (self, machine_locate (self, &instruction->place),
                                                   type->tag_offset);
      MachineCell cell = machine_read_location (self, tag, scalar);

      if (ir_scalar_get_size (scalar) < 8)
        cell = machine_widen (self, scalar, TRUE, cell);
      result = machine_take_temporary (self);
      machine_emit (self, MACHINE_OP_DISCRIMINATE, result, cell, add_table (self, type));
    }
  /* Little endian: the low bytes of a wide cell are the narrow value. */
  machine_write_location (self, machine_locate (self, &instruction->dest),
                          ir_program_get_scalar (self->program, instruction->dest.type), result);
}

/* The variant that any other tag means has none to write: its own fields are the tag. */
void
machine_flatten_set_discriminant (MachineFlattener *self, const IrInstruction *instruction)
{
  const IrType *type = ir_program_get_type (self->program, instruction->place.type);
  IrScalar scalar = get_tag_scalar (self, type);
  guint64 tag = g_array_index (type->fields, IrField, instruction->id).tag;

  if (scalar == IR_SCALAR_NONE || instruction->id == type->otherwise)
    {
      if (self->pending_stop != MACHINE_NO_STOP)
        machine_emit (self, MACHINE_OP_NOP, 0, 0, 0);
      return;
    }
  machine_write_location (
      self,
      machine_project_bytes (self, machine_locate (self, &instruction->place), type->tag_offset),
      scalar, machine_constant (self, tag, 0));
}
