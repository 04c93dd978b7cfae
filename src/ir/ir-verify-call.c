/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calls, leaves, objects and frames: do arguments and result fit what is called? */

#include "ir-leaf.h"
#include "ir-verify.h"

#include <string.h>

/* ---- calls ---- */

static gboolean
complain_count (IrVerifier *self, guint64 n, guint64 needed)
{
  g_autofree char *place
      = g_strdup_printf ("f%u b%u.%u", self->function_id, self->block, self->instruction);

  text_diagnostics_take (
      self->diagnostics,
      text_diagnostic_new (TEXT_SEVERITY_ERROR, "ir", self->span,
                           text_message_new (TEXT_IR_ARGUMENT_COUNT, "suu", place, n, needed)));
  return FALSE;
}

static gboolean
check_arguments (IrVerifier *self, const IrInstruction *call, guint first, const IrType *type)
{
  guint n = call->n_operands - first;

  if (n != type->fields->len)
    return complain_count (self, n, type->fields->len);
  for (guint i = 0; i < n; i++)
    if (!ir_verify_operand_layout (self, call, first + i,
                                   g_array_index (type->fields, IrField, i).type))
      return FALSE;
  if (call->dest.base == IR_PLACE_NONE)
    return TRUE;
  if (ir_verify_get_type (self, type->element)->kind == IR_TYPE_VOID)
    return ir_verify_complain (self, TEXT_IR_RESULT_OF_VOID, 0);
  return ir_verify_dest_layout (self, call, type->element);
}

static gboolean
check_type_arguments (IrVerifier *self, const IrInstruction *call)
{
  for (guint i = 0; i < call->n_arguments; i++)
    if (!ir_verify_type_id (self, call->arguments[i]))
      return FALSE;
  return TRUE;
}

gboolean
ir_verify_call_trait (IrVerifier *self, const IrInstruction *call)
{
  const IrTrait *trait;
  const IrMethod *method;

  if (!self->program->is_generic)
    return ir_verify_complain (self, TEXT_IR_GENERIC_LEFT, 0);
  if (call->trait >= self->program->traits->len)
    return ir_verify_complain (self, TEXT_IR_NO_TRAIT, call->trait);
  trait = ir_program_get_trait (self->program, call->trait);
  if (call->id >= trait->methods->len)
    return ir_verify_complain (self, TEXT_IR_NO_METHOD, call->id);
  method = &g_array_index (trait->methods, IrMethod, call->id);
  if (call->n_arguments != 1 + trait->n_parameters + method->n_parameters)
    return ir_verify_complain (self, TEXT_IR_ARGUMENTS, call->n_arguments);
  return check_type_arguments (self, call)
         && check_arguments (self, call, 0, ir_verify_get_type (self, method->type));
}

gboolean
ir_verify_call (IrVerifier *self, const IrInstruction *call)
{
  const IrFunction *callee;

  if (call->id >= self->program->functions->len)
    return ir_verify_complain (self, TEXT_IR_NO_FUNCTION, call->id);
  callee = ir_program_get_function (self->program, call->id);
  if (call->n_arguments != callee->n_parameters)
    return ir_verify_complain (self, TEXT_IR_ARGUMENTS, call->n_arguments);
  if (!check_type_arguments (self, call))
    return FALSE;
  if (!callee->is_defined)
    return ir_verify_complain (self, TEXT_IR_NOT_DEFINED, call->id);
  if (callee->is_resumable)
    return ir_verify_complain (self, TEXT_IR_RESUMABLE_CALLED, call->id);
  return check_arguments (self, call, 0, ir_verify_get_type (self, callee->type));
}

/* ---- objects and frames ---- */

gboolean
ir_verify_scalar_operand (IrVerifier *self, const IrInstruction *instruction, guint i)
{
  return ir_program_get_scalar (self->program, instruction->operands[i].type) != IR_SCALAR_NONE
         || ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, i + 1);
}

/* An object of a struct type; how many elements it has is said exactly where its type has a `count`. */
gboolean
ir_verify_allocate (IrVerifier *self, const IrInstruction *allocate)
{
  const IrType *type;
  gboolean has_count;

  if (!ir_verify_type_id (self, allocate->type))
    return FALSE;
  type = ir_verify_get_type (self, allocate->type);
  if (type->kind == IR_TYPE_VOID || type->kind == IR_TYPE_FUNCTION)
    return ir_verify_complain (self, TEXT_IR_NO_OBJECT, allocate->type);
  has_count = type->object != NULL && type->object->values[IR_OBJECT_COUNT] >= 0
              && type->object->values[IR_OBJECT_APART] < 0;
  if (allocate->n_operands != (has_count ? 1 : 0))
    return ir_verify_complain (self, TEXT_IR_OBJECT_COUNT, allocate->type);
  if (has_count
      && !ir_verify_is_wide (ir_program_get_scalar (self->program, allocate->operands[0].type)))
    return ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, 1);
  return ir_verify_dest_scalar (self, allocate, IR_SCALAR_POINTER);
}

gboolean
ir_verify_result (IrVerifier *self, const IrInstruction *instruction)
{
  if (instruction->opcode == IR_COLLECT)
    return instruction->dest.base == IR_PLACE_NONE
           || ir_verify_dest_scalar (self, instruction, IR_SCALAR_I64);
  if (instruction->opcode == IR_KEEP_FRAME && self->function->is_resumable)
    return ir_verify_complain (self, TEXT_IR_KEPT_RESUMABLE, self->function_id);
  return ir_verify_dest_scalar (self, instruction, IR_SCALAR_POINTER);
}

gboolean
ir_verify_frame (IrVerifier *self, const IrInstruction *frame)
{
  const IrFunction *callee;
  IrInstruction arguments = *frame;

  if (frame->id >= self->program->functions->len)
    return ir_verify_complain (self, TEXT_IR_NO_FUNCTION, frame->id);
  callee = ir_program_get_function (self->program, frame->id);
  if (!callee->is_defined)
    return ir_verify_complain (self, TEXT_IR_NOT_DEFINED, frame->id);
  if (!callee->is_resumable)
    return ir_verify_complain (self, TEXT_IR_NOT_RESUMABLE, frame->id);
  arguments.dest.base = IR_PLACE_NONE;
  return check_arguments (self, &arguments, 0, ir_verify_get_type (self, callee->type))
         && ir_verify_dest_scalar (self, frame, IR_SCALAR_POINTER);
}

/* The global is a variable of 4 bytes, the function one without parameters. */
gboolean
ir_verify_ensure (IrVerifier *self, const IrInstruction *ensure)
{
  const IrFunction *callee;
  const IrGlobal *global;

  if (ensure->id >= self->program->functions->len)
    return ir_verify_complain (self, TEXT_IR_NO_FUNCTION, ensure->id);
  if (ensure->other >= self->program->globals->len)
    return ir_verify_complain (self, TEXT_IR_NO_GLOBAL, ensure->other);
  callee = ir_program_get_function (self->program, ensure->id);
  global = ir_program_get_global (self->program, ensure->other);
  if (!callee->is_defined)
    return ir_verify_complain (self, TEXT_IR_NOT_DEFINED, ensure->id);
  if (callee->is_resumable)
    return ir_verify_complain (self, TEXT_IR_RESUMABLE_CALLED, ensure->id);
  if (ir_verify_get_type (self, callee->type)->fields->len > 0)
    return complain_count (self, 0, ir_verify_get_type (self, callee->type)->fields->len);
  return (global->kind == IR_GLOBAL_VARIABLE
          && ir_scalar_get_size (ir_program_get_scalar (self->program, global->type)) == 4)
         || ir_verify_complain (self, TEXT_IR_ENSURED_GLOBAL, ensure->other);
}

gboolean
ir_verify_call_pointer (IrVerifier *self, const IrInstruction *call)
{
  if (!ir_verify_type_id (self, call->type))
    return FALSE;
  if (ir_verify_get_type (self, call->type)->kind != IR_TYPE_FUNCTION)
    return ir_verify_complain (self, TEXT_IR_NOT_FUNCTION_TYPE, 0);
  return ir_verify_pointer_operand (self, call, 0)
         && check_arguments (self, call, 1, ir_verify_get_type (self, call->type));
}

static gboolean
fits_letter (IrScalar scalar, char letter)
{
  switch (letter)
    {
    case 'p':
      return scalar == IR_SCALAR_POINTER;
    case 'i':
      return scalar <= IR_SCALAR_U64;
    case 'd':
      return scalar == IR_SCALAR_F64;
    default:
      return scalar != IR_SCALAR_NONE;
    }
}

gboolean
ir_verify_leaf (IrVerifier *self, const IrInstruction *call)
{
  const IrLeafInfo *info = &ir_leaf_infos[call->id];
  guint i = 0;

  if (!ir_verify_type_id (self, call->type))
    return FALSE;
  /* What is called when the leaf finds its work too hard takes the same arguments and gives the same result. */
  if (call->other != IR_NO_FUNCTION)
    {
      IrInstruction slow = *call;

      slow.id = call->other;
      if (!ir_verify_call (self, &slow))
        return FALSE;
    }
  for (; info->operands[i] != '\0' && info->operands[i] != '.'; i++)
    {
      if (i >= call->n_operands)
        return complain_count (self, call->n_operands, strlen (info->operands));
      if (!fits_letter (ir_program_get_scalar (self->program, call->operands[i].type),
                        info->operands[i]))
        return ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, i + 1);
    }
  if (info->operands[i] == '\0' && i != call->n_operands)
    return complain_count (self, call->n_operands, i);
  for (; i < call->n_operands; i++)
    if (ir_program_get_scalar (self->program, call->operands[i].type) == IR_SCALAR_NONE)
      return ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, i + 1);
  if (call->dest.base == IR_PLACE_NONE)
    return TRUE;
  if (info->result == 'v')
    return ir_verify_complain (self, TEXT_IR_RESULT_OF_VOID, 0);
  if (!ir_verify_dest (self, call))
    return FALSE;
  {
    IrScalar scalar = ir_program_get_scalar (self->program, call->dest.type);
    gboolean fits
        = (info->result == 'p' && scalar == IR_SCALAR_POINTER)
          || (info->result == 'd' && scalar == IR_SCALAR_F64)
          || (info->result == 'i' && scalar <= IR_SCALAR_U64 && ir_scalar_get_size (scalar) == 4)
          || (info->result == 'l' && scalar <= IR_SCALAR_U64 && ir_scalar_get_size (scalar) == 8);

    return fits || ir_verify_complain (self, TEXT_IR_DEST_TYPE, 0);
  }
}
