/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The body of one instance: slots, registers and instructions of the generic function, with final types. A register whose type turns out not
 * to be a scalar (a pointer that has become fat, a parameter that is a struct) becomes a hidden slot. */

#include "ir-instantiate.h"

typedef struct
{
  IrInstantiation *all;
  const IrFunction *from;
  const GArray *arguments;
  IrBuilder builder;
  GArray *homes; /* of IrPlace, by register of the generic function */
} Body;

static IrTypeId
substitute (Body *self, IrTypeId type)
{
  return ir_substitute (self->all, type, self->arguments);
}

static IrOperand copy_operand (Body *self, const IrOperand *operand);

/* ---- places ---- */

static IrPlace
copy_base (Body *self, const IrPlace *place)
{
  switch (place->base)
    {
    case IR_PLACE_SLOT:
      return ir_place_slot (self->builder.function, place->id);
    case IR_PLACE_GLOBAL:
      return ir_place_global (self->all->to, ir_instantiation_want_global (self->all, place->id));
    case IR_PLACE_REGISTER:
      return g_array_index (self->homes, IrPlace, place->id);
    case IR_PLACE_NONE:
      break;
    }
  return ir_place_none ();
}

/* The types of fields follow from the record at hand. */
static IrPlace
copy_projection (Body *self, IrPlace place, const IrProjection *projection)
{
  const IrType *of = ir_program_get_type (self->all->to, place.type);
  IrBuilder *builder = &self->builder;
  IrTypeId type;

  switch (projection->kind)
    {
    case IR_PROJECT_FIELD:
    case IR_PROJECT_VARIANT:
      if (of->fields == NULL || projection->field >= of->fields->len)
        {
          ir_instantiation_complain (self->all, TEXT_IR_NO_FIELD, projection->field);
          return place;
        }
      return projection->kind == IR_PROJECT_FIELD
                 ? ir_place_field (builder, place, projection->field)
                 : ir_place_variant (builder, place, projection->field);
    case IR_PROJECT_DEREF:
      return ir_place_deref (builder, place, substitute (self, projection->type));
    case IR_PROJECT_INDEX:
      type = substitute (self, projection->type);
      return ir_place_index (builder, place, copy_operand (self, projection->index), type);
    case IR_PROJECT_STEP:
      return ir_place_step (builder, place, copy_operand (self, projection->index));
    case IR_PROJECT_END:
      return ir_place_from_end (builder, place, projection->to,
                                substitute (self, projection->type));
    case IR_PROJECT_PART:
      return ir_place_part (builder, place, projection->from, projection->to,
                            projection->is_from_end, substitute (self, projection->type));
    }
  g_assert_not_reached ();
}

static IrPlace
copy_place (Body *self, const IrPlace *from)
{
  IrPlace place = copy_base (self, from);

  for (guint i = 0; i < from->n_projections && !self->all->failed; i++)
    place = copy_projection (self, place, &from->projections[i]);
  return place;
}

/* ---- operands ---- */

static IrFunctionId
want_function (Body *self, IrFunctionId id, const IrTypeId *arguments, guint n)
{
  g_autoptr (GArray) list = NULL;

  if (n > 0)
    list = ir_substitute_list (self->all, arguments, n, self->arguments);
  return self->all->failed ? 0 : ir_instantiation_want (self->all, id, list);
}

static IrOperand
copy_generic_operand (Body *self, const IrOperand *operand, IrTypeId type)
{
  IrTypeId of = substitute (self, operand->id);
  const IrType *measured;

  if (self->all->failed)
    return *operand;
  if (operand->kind == IR_OPERAND_VTABLE)
    return ir_operand_global (type, ir_want_vtable (self->all, of, operand->trait), 0);
  measured = ir_lay_out (self->all, of);
  return ir_operand_const (type,
                           operand->kind == IR_OPERAND_SIZE_OF ? measured->size : measured->align);
}

static IrOperand
copy_operand (Body *self, const IrOperand *operand)
{
  IrTypeId type = substitute (self, operand->type);
  IrOperand copy = *operand;

  switch (operand->kind)
    {
    case IR_OPERAND_NONE:
    case IR_OPERAND_CONST:
      break;
    case IR_OPERAND_GLOBAL:
      copy.id = ir_instantiation_want_global (self->all, operand->id);
      break;
    case IR_OPERAND_FUNCTION:
      copy.id = want_function (self, operand->id, operand->arguments, operand->n_arguments);
      copy.arguments = NULL;
      copy.n_arguments = 0;
      break;
    case IR_OPERAND_COPY:
    case IR_OPERAND_MOVE:
      copy.place = copy_place (self, &operand->place);
      type = copy.place.type;
      break;
    case IR_OPERAND_SIZE_OF:
    case IR_OPERAND_ALIGN_OF:
    case IR_OPERAND_VTABLE:
      copy = copy_generic_operand (self, operand, type);
      break;
    }
  copy.type = type;
  copy.span = operand->span;
  return copy;
}

static IrOperand *
copy_operands (Body *self, const IrOperand *operands, guint n)
{
  IrOperand *copies;

  if (n == 0)
    return NULL;
  copies = ir_program_alloc (self->all->to, n * sizeof (IrOperand));
  for (guint i = 0; i < n && !self->all->failed; i++)
    copies[i] = copy_operand (self, &operands[i]);
  return copies;
}

/* ---- calls of a trait's methods ---- */

/* The type of the method as the vtable's function has it: its first parameter is the thin pointer. */
static IrTypeId
get_thin_type (Body *self, const IrMethod *method, const GArray *types, const IrOperand *object)
{
  IrProgram *to = self->all->to;
  const IrType *pointer = ir_program_get_type (to, object->type);
  const IrType *full = ir_program_get_type (to, ir_substitute (self->all, method->type, types));
  IrTypeId id = ir_type_add_function (to, full->name, full->element, FALSE);

  ir_instantiation_add_origin (self->all, IR_NO_TYPE, NULL);
  ir_type_add_parameter (to, id, "self", g_array_index (pointer->fields, IrField, 0).type);
  for (guint i = 1; i < full->fields->len; i++)
    ir_type_add_parameter (to, id, g_array_index (full->fields, IrField, i).name,
                           g_array_index (full->fields, IrField, i).type);
  return id;
}

/* A method of a trait object: through the vtable of its first operand, a fat pointer. */
static void
call_object (Body *self, const IrInstruction *from, IrInstruction *call, const GArray *types)
{
  const IrTrait *trait = ir_program_get_trait (self->all->from, from->trait);
  IrOperand *object = &call->operands[0];
  IrOperand *operands
      = ir_program_alloc (self->all->to, (call->n_operands + 1) * sizeof (IrOperand));

  if (call->n_operands == 0 || (object->kind != IR_OPERAND_COPY && object->kind != IR_OPERAND_MOVE)
      || !ir_type_is_fat (ir_program_get_type (self->all->to, object->type)))
    {
      ir_instantiation_complain (self->all, TEXT_IR_OPERAND_TYPE, 1);
      return;
    }
  call->opcode = IR_CALL_VIRTUAL;
  call->type
      = get_thin_type (self, &g_array_index (trait->methods, IrMethod, from->id), types, object);
  /* Behind drop glue, size and alignment. */
  call->id = 3 + from->id;
  operands[0] = ir_operand_copy (ir_place_field (&self->builder, object->place, 1));
  operands[1] = ir_operand_copy (ir_place_field (&self->builder, object->place, 0));
  for (guint i = 1; i < call->n_operands; i++)
    operands[i + 1] = call->operands[i];
  call->operands = operands;
  call->n_operands++;
}

static void
call_impl (Body *self, const IrInstruction *from, IrInstruction *call, const GArray *types)
{
  guint n_of_trait = 1 + ir_program_get_trait (self->all->from, from->trait)->n_parameters;
  g_autoptr (GArray) bound = NULL;
  const IrImpl *impl = ir_find_impl (
      self->all, from->trait, (const IrTypeId *)(gpointer)types->data, n_of_trait, TRUE, &bound);

  if (impl == NULL)
    return;
  for (guint i = n_of_trait; i < types->len; i++)
    g_array_append_val (bound, g_array_index (types, IrTypeId, i));
  call->opcode = IR_CALL;
  call->id = ir_instantiation_want (self->all,
                                    g_array_index (impl->functions, IrFunctionId, from->id), bound);
}

static void
resolve_trait_call (Body *self, const IrInstruction *from, IrInstruction *call)
{
  g_autoptr (GArray) types
      = ir_substitute_list (self->all, from->arguments, from->n_arguments, self->arguments);
  const IrType *object;

  if (self->all->failed)
    return;
  object = ir_program_get_type (self->all->to, g_array_index (types, IrTypeId, 0));
  if (object->kind == IR_TYPE_DYN && object->trait == from->trait)
    call_object (self, from, call, types);
  else
    call_impl (self, from, call, types);
}

/* ---- instructions ---- */

static IrInstruction *
copy_instruction (Body *self, const IrInstruction *from)
{
  IrInstruction *copy = ir_program_alloc (self->all->to, sizeof *copy);

  *copy = *from;
  copy->arguments = NULL;
  copy->n_arguments = 0;
  copy->type = substitute (self, from->type);
  copy->dest = copy_place (self, &from->dest);
  copy->place = copy_place (self, &from->place);
  copy->operands = copy_operands (self, from->operands, from->n_operands);
  if (from->opcode == IR_MOVE || from->opcode == IR_ADDRESS || from->opcode == IR_BORROW)
    copy->type = copy->dest.type;
  else if (from->place.base != IR_PLACE_NONE)
    copy->type = copy->place.type;
  if (from->n_cases > 0)
    {
      copy->cases = ir_program_alloc (self->all->to, from->n_cases * sizeof (IrSwitchCase));
      memcpy (copy->cases, from->cases, from->n_cases * sizeof (IrSwitchCase));
    }
  if (from->opcode == IR_CALL || from->opcode == IR_FRAME || from->opcode == IR_ENSURE)
    copy->id = want_function (self, from->id, from->arguments, from->n_arguments);
  else if (from->opcode == IR_CALL_TRAIT)
    resolve_trait_call (self, from, copy);
  if (from->opcode == IR_LEAF && from->other != IR_NO_FUNCTION)
    copy->other = want_function (self, from->other, NULL, 0);
  else if (from->opcode == IR_ENSURE)
    copy->other = ir_instantiation_want_global (self->all, from->other);
  return copy;
}

/* A value that needs nothing when it is dropped needs no telling either. */
static void
append_drop (Body *self, const IrInstruction *from)
{
  IrPlace place = copy_place (self, &from->place);

  if (self->all->failed || !ir_needs_drop (self->all, place.type))
    return;
  if (place.base == IR_PLACE_SLOT)
    ir_function_get_slot (self->builder.function, place.id)->is_address_taken = TRUE;
  ir_build_drop (&self->builder, place);
  ir_emit_drop (self->all, &self->builder, place);
}

/* A register that has become a slot is not emptied. */
static gboolean
is_needless_kill (Body *self, const IrInstruction *from)
{
  return from->opcode == IR_KILL
         && g_array_index (self->homes, IrPlace, from->id).base != IR_PLACE_REGISTER;
}

static void
append_instruction (Body *self, const IrInstruction *from)
{
  GPtrArray *list;
  IrInstruction *copy;

  self->all->span = from->span;
  self->builder.span = from->span;
  if (from->opcode == IR_DROP)
    {
      append_drop (self, from);
      return;
    }
  if (is_needless_kill (self, from))
    return;
  copy = copy_instruction (self, from);
  if (from->opcode == IR_KILL)
    copy->id = g_array_index (self->homes, IrPlace, from->id).id;
  list = ir_function_get_block (self->builder.function, self->builder.block)->instructions;
  g_ptr_array_add (list, copy);
}

/* ---- all ---- */

static void
copy_slots (Body *self)
{
  for (guint i = 0; i < self->from->slots->len; i++)
    {
      const IrSlot *from = ir_function_get_slot (self->from, i);
      IrSlotId id = ir_slot_add (self->builder.function, from->name, substitute (self, from->type),
                                 from->span, from->scope);
      IrSlot *slot = ir_function_get_slot (self->builder.function, id);

      slot->is_parameter = from->is_parameter;
      slot->is_address_taken = from->is_address_taken;
    }
}

static void
copy_registers (Body *self)
{
  for (guint i = 0; i < self->from->registers->len; i++)
    {
      IrFunction *function = self->builder.function;
      IrTypeId type = substitute (self, ir_function_get_register_type (self->from, i));
      IrPlace home;

      if (ir_program_get_scalar (self->all->to, type) != IR_SCALAR_NONE)
        home = ir_place_register (function, ir_build_register (&self->builder, type));
      else
        home = ir_place_slot (function,
                              ir_slot_add (function, NULL, type, TEXT_NO_SPAN, TEXT_NO_SPAN));
      g_array_append_val (self->homes, home);
    }
}

/* Blocks keep their numbers: those that glue needs come behind them. */
void
ir_instantiate_body (IrInstantiation *all, const IrInstance *instance)
{
  Body self = { .all = all,
                .from = ir_program_get_function (all->from, instance->from),
                .arguments = instance->arguments };

  self.builder = (IrBuilder){ all->to, ir_program_get_function (all->to, instance->to) };
  self.homes = g_array_new (FALSE, FALSE, sizeof (IrPlace));
  copy_slots (&self);
  copy_registers (&self);
  for (guint i = 0; i < self.from->blocks->len; i++)
    {
      const IrBlock *from = ir_function_get_block (self.from, i);
      IrBlock *block
          = ir_function_get_block (self.builder.function, ir_build_block (&self.builder));

      block->unwind = from->unwind;
      block->is_cleanup = from->is_cleanup;
    }
  for (guint i = 0; i < self.from->blocks->len && !all->failed; i++)
    {
      GPtrArray *instructions = ir_function_get_block (self.from, i)->instructions;

      self.builder.block = i;
      for (guint j = 0; j < instructions->len && !all->failed; j++)
        append_instruction (&self, g_ptr_array_index (instructions, j));
    }
  g_array_unref (self.homes);
}
