/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a managed heap asks of a program: objects that say rightly where their references are, references that only move one by one, and
 * hooks that can be called. */

#include "ir-verify.h"

/* ---- objects ---- */

static const IrType *
get_field_type (const IrVerifier *self, const IrType *type, gint64 field)
{
  if (field < 0 || field >= type->fields->len)
    return NULL;
  return ir_program_get_type (self->program, g_array_index (type->fields, IrField, field).type);
}

static gboolean
is_pointer_field (const IrVerifier *self, const IrType *type, gint64 field)
{
  const IrType *of = get_field_type (self, type, field);

  return of != NULL && of->kind == IR_TYPE_POINTER
         && g_array_index (type->fields, IrField, field).offset % 8 == 0;
}

static gboolean
is_count_field (const IrVerifier *self, const IrType *type, gint64 field)
{
  const IrType *of = get_field_type (self, type, field);
  const IrType *last = get_field_type (self, type, (gint64)type->fields->len - 1);

  return of != NULL && of->kind == IR_TYPE_INT && of->size == 8
         && (type->object->values[IR_OBJECT_APART] >= 0
             || (last->kind == IR_TYPE_ARRAY && last->count == 0));
}

static gboolean
fits_attribute (const IrVerifier *self, const IrType *type, IrObjectAttribute attribute,
                gint64 value)
{
  switch (attribute)
    {
    case IR_OBJECT_COUNT:
      return is_count_field (self, type, value);
    case IR_OBJECT_OWNED:
    case IR_OBJECT_CLASS:
    case IR_OBJECT_WEAK_HEAD:
    case IR_OBJECT_WEAK:
    case IR_OBJECT_NEXT:
    case IR_OBJECT_PREVIOUS:
    case IR_OBJECT_CALLBACK:
      return is_pointer_field (self, type, value);
    case IR_OBJECT_APART:
      return value < self->program->types->len && type->object->values[IR_OBJECT_OWNED] >= 0
             && type->object->values[IR_OBJECT_COUNT] >= 0
             && ir_program_get_type (self->program, value)->size > 0;
    case IR_OBJECT_BACKWARD:
      return value <= 1;
    case IR_OBJECT_FINALISER:
      if (value >= self->program->functions->len)
        return FALSE;
      {
        const IrFunction *function = ir_program_get_function (self->program, value);

        return function->is_defined && !function->is_resumable && function->slots->len >= 1;
      }
    case IR_OBJECT_FLAG:
      return value % 8 == 0 && type->object->values[IR_OBJECT_CLASS] >= 0;
    case IR_N_OBJECT_ATTRIBUTES:
      break;
    }
  g_assert_not_reached ();
}

/* Whether a struct's attributes as an object name what they must. */
gboolean
ir_verify_object (IrVerifier *self, IrTypeId id)
{
  const IrType *type = ir_program_get_type (self->program, id);

  for (guint i = 0; i < IR_N_OBJECT_ATTRIBUTES; i++)
    {
      gint64 value = type->object->values[i];

      if (value < 0 || fits_attribute (self, type, i, value))
        continue;
      text_diagnostics_take (
          self->diagnostics,
          text_diagnostic_new (TEXT_SEVERITY_ERROR, "ir", TEXT_NO_SPAN,
                               text_message_new (TEXT_IR_OBJECT_FIELD, "ss", self->what,
                                                 ir_object_attribute_get_name (i))));
      return FALSE;
    }
  return TRUE;
}

/* ---- references in flight ---- */

static gboolean
is_managed (const IrVerifier *self, IrTypeId id)
{
  return ir_program_get_type (self->program, id)->is_managed;
}

static gboolean
check_managed_operand (IrVerifier *self, const IrOperand *operand)
{
  if (operand->kind != IR_OPERAND_MOVE && operand->kind != IR_OPERAND_COPY)
    return TRUE;
  if (ir_type_has_managed (self->program, operand->type) && !is_managed (self, operand->type))
    return ir_verify_complain (self, TEXT_IR_MANAGED_AGGREGATE, 0);
  if (operand->kind == IR_OPERAND_MOVE && is_managed (self, operand->type)
      && operand->place.n_projections > 0)
    return ir_verify_complain (self, TEXT_IR_MANAGED_MOVE, 0);
  return TRUE;
}

/* During these the strategy may move objects and run finalisers. */
static gboolean
may_collect (IrForm form)
{
  switch (form)
    {
    case IR_FORM_CALL:
    case IR_FORM_CALLP:
    case IR_FORM_METHOD:
    case IR_FORM_LEAF:
    case IR_FORM_ALLOCATE:
    case IR_FORM_RESULT:
    case IR_FORM_FRAME:
    case IR_FORM_RESUME:
    case IR_FORM_YIELD:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
has_deref (const IrPlace *place)
{
  for (guint i = 0; i < place->n_projections; i++)
    if (place->projections[i].kind == IR_PROJECT_DEREF)
      return TRUE;
  return FALSE;
}

/* A reference on its way from or into such an instruction lies where the strategy finds it: in a slot, a global, a register. */
static gboolean
check_collected (IrVerifier *self, const IrInstruction *instruction)
{
  for (guint i = 0; i < instruction->n_operands; i++)
    if (is_managed (self, instruction->operands[i].type)
        && has_deref (&instruction->operands[i].place))
      return ir_verify_complain (self, TEXT_IR_MANAGED_PATH, i + 1);
  if (instruction->dest.base != IR_PLACE_NONE && has_deref (&instruction->dest))
    return ir_verify_complain (self, TEXT_IR_MANAGED_RESULT, 0);
  return TRUE;
}

/* Whether the instruction moves managed pointers only in ways that can be counted and followed. */
gboolean
ir_verify_managed (IrVerifier *self, const IrInstruction *instruction)
{
  if (self->program->management == IR_BY_HAND)
    return TRUE;
  if (may_collect (ir_opcode_infos[instruction->opcode].form)
      && !check_collected (self, instruction))
    return FALSE;
  for (guint i = 0; i < instruction->n_operands; i++)
    if (!check_managed_operand (self, &instruction->operands[i]))
      return FALSE;
  return TRUE;
}

/* ---- the program ---- */

static gboolean
check_hook (IrVerifier *self, IrHook hook)
{
  static const guint n_parameters[IR_N_HOOKS] = {
    [IR_HOOK_UNCAUGHT] = 1,       [IR_HOOK_IGNORED] = 1,       [IR_HOOK_OUT_OF_MEMORY] = 0,
    [IR_HOOK_STACK_OVERFLOW] = 0, [IR_HOOK_WEAK_CALLBACK] = 2,
  };
  IrFunctionId id = self->program->hooks[hook];
  const IrFunction *function;

  if (id == IR_NO_FUNCTION)
    return TRUE;
  if (id < self->program->functions->len)
    {
      function = ir_program_get_function (self->program, id);
      if (function->is_defined && !function->is_resumable
          && ir_program_get_type (self->program, function->type)->fields->len == n_parameters[hook])
        return TRUE;
    }
  text_diagnostics_take (
      self->diagnostics,
      text_diagnostic_new (TEXT_SEVERITY_ERROR, "ir", TEXT_NO_SPAN,
                           text_message_new (TEXT_IR_HOOK, "ss", "", ir_hook_get_name (hook))));
  return FALSE;
}

static gboolean
check_slots (IrVerifier *self, const IrFunction *function)
{
  for (guint i = 0; i < function->slots->len; i++)
    {
      const IrSlot *slot = ir_function_get_slot (function, i);

      if (!ir_type_has_managed (self->program, slot->type))
        continue;
      if (slot->is_address_taken)
        return ir_verify_complain (self, TEXT_IR_MANAGED_TAKEN, i);
      if (!is_managed (self, slot->type))
        return ir_verify_complain (self, TEXT_IR_MANAGED_AGGREGATE, i);
    }
  return TRUE;
}

/* What belongs to no single type or function: hooks, the frame's head, and that a program by hand has nothing managed. */
gboolean
ir_verify_hooks (IrVerifier *self)
{
  const IrProgram *program = self->program;

  for (guint i = 0; i < IR_N_HOOKS; i++)
    if (!check_hook (self, i))
      return FALSE;
  if (program->frame_head != 0
      && (program->frame_head >= program->types->len
          || ir_program_get_type (program, program->frame_head)->kind != IR_TYPE_STRUCT
          || ir_program_get_type (program, program->frame_head)->size % 8 != 0))
    return ir_verify_complain (self, TEXT_IR_FRAME_HEAD, program->frame_head);
  for (guint i = 0; program->management == IR_BY_HAND && i < program->types->len; i++)
    if (is_managed (self, i))
      {
        g_snprintf (self->what, sizeof self->what, "t%u", i);
        return ir_verify_complain (self, TEXT_IR_MANAGED_BY_HAND, 0);
      }
  for (guint i = 0; i < program->functions->len; i++)
    {
      g_snprintf (self->what, sizeof self->what, "f%u", i);
      if (ir_program_get_function (program, i)->is_defined
          && !check_slots (self, ir_program_get_function (program, i)))
        return FALSE;
    }
  return TRUE;
}
