/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One instruction: do operands and result fit its form? Places are checked in ir-verify-place.c, calls in ir-verify-call.c. */

#include "ir-verify.h"

/* ---- arithmetic ---- */

static gboolean
is_floating (IrScalar scalar)
{
  return scalar == IR_SCALAR_F32 || scalar == IR_SCALAR_F64;
}

/* Arithmetic is done in 32 and 64 bits; narrower values are converted first (C11 6.3.1.1p2). */
static gboolean
exists_for (IrOpcode opcode, IrScalar scalar)
{
  switch (opcode)
    {
    case IR_ADD:
    case IR_SUB:
    case IR_MUL:
    case IR_DIV:
    case IR_NEG:
      return ir_verify_is_wide (scalar) || is_floating (scalar);
    case IR_EQ:
    case IR_NE:
    case IR_LT:
    case IR_LE:
    case IR_GT:
    case IR_GE:
      return ir_verify_is_wide (scalar) || is_floating (scalar) || scalar == IR_SCALAR_POINTER;
    default:
      return ir_verify_is_wide (scalar);
    }
}

static gboolean
check_arithmetic (IrVerifier *self, const IrInstruction *instruction, guint n_of_type)
{
  IrScalar scalar;

  if (!ir_verify_type_id (self, instruction->type))
    return FALSE;
  scalar = ir_program_get_scalar (self->program, instruction->type);
  if (!exists_for (instruction->opcode, scalar))
    return ir_verify_complain (self, TEXT_IR_OPERATION_TYPE, 0);
  for (guint i = 0; i < n_of_type; i++)
    if (!ir_verify_operand_layout (self, instruction, i, instruction->type))
      return FALSE;
  return TRUE;
}

static gboolean
check_shift (IrVerifier *self, const IrInstruction *instruction)
{
  if (!check_arithmetic (self, instruction, 1)
      || !ir_verify_dest_layout (self, instruction, instruction->type))
    return FALSE;
  return ir_verify_is_wide (ir_program_get_scalar (self->program, instruction->operands[1].type))
         || ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, 2);
}

static gboolean
check_pointer_step (IrVerifier *self, const IrInstruction *instruction)
{
  if (!ir_verify_type_id (self, instruction->type)
      || !ir_verify_pointer_operand (self, instruction, 0)
      || !ir_verify_dest_scalar (self, instruction, IR_SCALAR_POINTER))
    return FALSE;
  return ir_verify_is_wide (ir_program_get_scalar (self->program, instruction->operands[1].type))
         || ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, 2);
}

static gboolean
check_convert (IrVerifier *self, const IrInstruction *instruction)
{
  if (!ir_verify_dest (self, instruction))
    return FALSE;
  if (ir_program_get_scalar (self->program, instruction->dest.type) == IR_SCALAR_NONE)
    return ir_verify_complain (self, TEXT_IR_DEST_TYPE, 0);
  return ir_program_get_scalar (self->program, instruction->operands[0].type) != IR_SCALAR_NONE
         || ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, 1);
}

static gboolean
check_slot (IrVerifier *self, IrSlotId id)
{
  return id < self->function->slots->len || ir_verify_complain (self, TEXT_IR_NO_SLOT, id);
}

static gboolean
check_unsized_address (IrVerifier *self, const IrInstruction *instruction)
{
  const IrType *dest = ir_verify_get_type (self, instruction->dest.type);
  IrTypeKind kind = ir_verify_get_type (self, instruction->place.type)->kind;

  return (ir_type_is_fat (dest) && ir_verify_get_type (self, dest->element)->kind == kind)
         || ir_verify_complain (self, TEXT_IR_DEST_TYPE, 0);
}

/* Whether the place lies in memory that has an address to give away. */
static gboolean
check_addressable (IrVerifier *self, const IrPlace *place)
{
  gboolean is_behind_pointer = FALSE;

  for (guint i = 0; i < place->n_projections; i++)
    if (place->projections[i].kind == IR_PROJECT_DEREF)
      is_behind_pointer = TRUE;
  if (is_behind_pointer || place->base == IR_PLACE_GLOBAL)
    return TRUE;
  if (place->base == IR_PLACE_REGISTER)
    return ir_verify_complain (self, TEXT_IR_ADDRESS_OF_REGISTER, 0);
  return ir_function_get_slot (self->function, place->id)->is_address_taken
         || ir_verify_complain (self, TEXT_IR_NOT_TAKEN, place->id);
}

static gboolean
check_drop (IrVerifier *self, const IrInstruction *instruction)
{
  return ir_verify_place (self, &instruction->place)
         && (self->program->is_generic || check_addressable (self, &instruction->place));
}

static gboolean
check_discriminant (IrVerifier *self, const IrInstruction *instruction)
{
  const IrType *type;

  if (!ir_verify_place (self, &instruction->place))
    return FALSE;
  type = ir_verify_get_type (self, instruction->place.type);
  if (type->kind == IR_TYPE_APPLY)
    type = ir_verify_get_type (self, type->element);
  if (type->kind != IR_TYPE_VARIANT)
    return ir_verify_complain (self, TEXT_IR_NOT_VARIANTS, 0);
  if (instruction->opcode == IR_SET_DISCRIMINANT)
    return instruction->id < type->fields->len
           || ir_verify_complain (self, TEXT_IR_NO_VARIANT, instruction->id);
  return ir_verify_dest (self, instruction)
         && (ir_verify_is_wide (ir_program_get_scalar (self->program, instruction->dest.type))
             || ir_verify_complain (self, TEXT_IR_DEST_TYPE, 0));
}

static gboolean
check_address (IrVerifier *self, const IrInstruction *instruction)
{
  const IrPlace *place = &instruction->place;
  IrTypeKind kind;

  if (!ir_verify_place (self, place))
    return FALSE;
  kind = ir_verify_get_type (self, place->type)->kind;
  if (kind == IR_TYPE_SLICE || kind == IR_TYPE_DYN)
    {
      if (!ir_verify_dest (self, instruction) || !check_unsized_address (self, instruction))
        return FALSE;
    }
  else if (!ir_verify_dest_scalar (self, instruction, IR_SCALAR_POINTER))
    return FALSE;
  return check_addressable (self, place);
}

/* ---- transfers ---- */

static gboolean
check_target (IrVerifier *self, IrBlockId id)
{
  return id < self->function->blocks->len || ir_verify_complain (self, TEXT_IR_NO_BLOCK, id);
}

static gboolean
check_branch (IrVerifier *self, const IrInstruction *branch)
{
  return ir_verify_type_id (self, branch->type)
         && (ir_program_get_scalar (self->program, branch->operands[0].type) != IR_SCALAR_NONE
             || ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, 1))
         && ir_verify_operand_layout (self, branch, 0, branch->type)
         && check_target (self, branch->target) && check_target (self, branch->otherwise);
}

static gboolean
check_switch (IrVerifier *self, const IrInstruction *instruction)
{
  if (!ir_verify_type_id (self, instruction->type))
    return FALSE;
  if (ir_program_get_scalar (self->program, instruction->operands[0].type) > IR_SCALAR_U64)
    return ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, 1);
  if (!ir_verify_operand_layout (self, instruction, 0, instruction->type))
    return FALSE;
  for (guint i = 0; i < instruction->n_cases; i++)
    {
      if (!check_target (self, instruction->cases[i].block))
        return FALSE;
      if (i > 0 && instruction->cases[i].value <= instruction->cases[i - 1].value)
        return ir_verify_complain (self, TEXT_IR_CASES_UNSORTED, 0);
    }
  return check_target (self, instruction->otherwise);
}

static gboolean
check_return (IrVerifier *self, const IrInstruction *instruction)
{
  IrTypeId result = ir_verify_get_type (self, self->function->type)->element;

  if (instruction->n_operands == 0)
    return TRUE;
  return ir_verify_is_same_layout (self, instruction->operands[0].type, result)
         || ir_verify_complain (self, TEXT_IR_RETURN_TYPE, 0);
}

static gboolean
check_form (IrVerifier *self, const IrInstruction *instruction)
{
  switch (ir_opcode_infos[instruction->opcode].form)
    {
    case IR_FORM_STOP:
      return instruction->id <= IR_STOP_COLLECT
             || ir_verify_complain (self, TEXT_IR_STOP_KIND, instruction->id);
    case IR_FORM_SLOT:
      return check_slot (self, instruction->id);
    case IR_FORM_MOVE:
      return ir_verify_dest_layout (self, instruction, instruction->operands[0].type);
    case IR_FORM_ADDRESS:
      return check_address (self, instruction);
    case IR_FORM_BORROW:
      return (instruction->id <= IR_BORROW_TWO_PHASE
              || ir_verify_complain (self, TEXT_IR_OPERATION_TYPE, 0))
             && check_address (self, instruction);
    case IR_FORM_DISCRIMINANT:
    case IR_FORM_SET_DISCRIMINANT:
      return check_discriminant (self, instruction);
    case IR_FORM_DROP:
      return check_drop (self, instruction);
    case IR_FORM_UNARY:
      return check_arithmetic (self, instruction, 1)
             && ir_verify_dest_layout (self, instruction, instruction->type);
    case IR_FORM_BINARY:
      return check_arithmetic (self, instruction, 2)
             && ir_verify_dest_layout (self, instruction, instruction->type);
    case IR_FORM_SHIFT:
      return check_shift (self, instruction);
    case IR_FORM_COMPARE:
      return check_arithmetic (self, instruction, 2)
             && ir_verify_dest_scalar (self, instruction, IR_SCALAR_I32);
    case IR_FORM_CONVERT:
      return check_convert (self, instruction);
    case IR_FORM_POINTER:
      return check_pointer_step (self, instruction);
    case IR_FORM_DIFFER:
      return ir_verify_type_id (self, instruction->type)
             && ir_verify_pointer_operand (self, instruction, 0)
             && ir_verify_pointer_operand (self, instruction, 1)
             && ir_verify_dest_scalar (self, instruction, IR_SCALAR_I64);
    case IR_FORM_KILL:
      return instruction->id < self->function->registers->len
             || ir_verify_complain (self, TEXT_IR_NO_REGISTER, instruction->id);
    case IR_FORM_ALLOCATE:
      return ir_verify_allocate (self, instruction);
    case IR_FORM_USE:
      return ir_verify_pointer_operand (self, instruction, 0);
    case IR_FORM_RESULT:
      return ir_verify_result (self, instruction);
    case IR_FORM_FRAME:
      return ir_verify_frame (self, instruction);
    case IR_FORM_RESUME:
      return ir_verify_pointer_operand (self, instruction, 0)
             && ir_verify_scalar_operand (self, instruction, 1);
    case IR_FORM_YIELD:
      return (self->function->is_resumable
              || ir_verify_complain (self, TEXT_IR_NOT_RESUMABLE, self->function_id))
             && ir_verify_scalar_operand (self, instruction, 0);
    case IR_FORM_STATE:
      return ir_verify_pointer_operand (self, instruction, 0)
             && ir_verify_dest_scalar (self, instruction, IR_SCALAR_I32);
    case IR_FORM_ENSURE:
      return ir_verify_ensure (self, instruction);
    case IR_FORM_THROW:
      return ir_verify_pointer_operand (self, instruction, 0);
    case IR_FORM_CALL:
      return ir_verify_call (self, instruction);
    case IR_FORM_CALLP:
    case IR_FORM_METHOD:
      return ir_verify_call_pointer (self, instruction);
    case IR_FORM_LEAF:
      return ir_verify_leaf (self, instruction);
    case IR_FORM_TRAIT:
      return ir_verify_call_trait (self, instruction);
    case IR_FORM_JUMP:
      return check_target (self, instruction->target);
    case IR_FORM_BRANCH:
      return check_branch (self, instruction);
    case IR_FORM_SWITCH:
      return check_switch (self, instruction);
    case IR_FORM_RETURN:
      return check_return (self, instruction);
    case IR_FORM_TRAP:
      return TRUE;
    }
  g_assert_not_reached ();
}

/* Operands first, then what the form asks of them. */
gboolean
ir_verify_instruction (IrVerifier *self, const IrInstruction *instruction)
{
  for (guint i = 0; i < instruction->n_operands; i++)
    if (!ir_verify_operand (self, &instruction->operands[i]))
      return FALSE;
  if (!ir_verify_managed (self, instruction))
    return FALSE;
  if (instruction->dest.base != IR_PLACE_NONE && !ir_verify_place (self, &instruction->dest))
    return FALSE;
  return check_form (self, instruction);
}
