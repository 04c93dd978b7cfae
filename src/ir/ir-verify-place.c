/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Places and operands: do their ids exist, does each step of a path fit what it steps from? And whether operands and results have the types that are
 * asked of them. */

#include "ir-verify.h"

/* ---- places and operands ---- */

const IrType *
ir_verify_get_type (const IrVerifier *self, IrTypeId id)
{
  return ir_program_get_type (self->program, id);
}

gboolean
ir_verify_type_id (IrVerifier *self, IrTypeId id)
{
  return id < self->program->types->len || ir_verify_complain (self, TEXT_IR_NO_TYPE, id);
}

static gboolean
check_base (IrVerifier *self, const IrPlace *place, IrTypeId *type)
{
  switch (place->base)
    {
    case IR_PLACE_SLOT:
      if (place->id >= self->function->slots->len)
        return ir_verify_complain (self, TEXT_IR_NO_SLOT, place->id);
      *type = ir_function_get_slot (self->function, place->id)->type;
      return TRUE;
    case IR_PLACE_GLOBAL:
      if (place->id >= self->program->globals->len)
        return ir_verify_complain (self, TEXT_IR_NO_GLOBAL, place->id);
      *type = ir_program_get_global (self->program, place->id)->type;
      return TRUE;
    case IR_PLACE_REGISTER:
      if (place->id >= self->function->registers->len)
        return ir_verify_complain (self, TEXT_IR_NO_REGISTER, place->id);
      *type = ir_function_get_register_type (self->function, place->id);
      if (place->n_projections > 0 && place->projections[0].kind != IR_PROJECT_DEREF)
        return ir_verify_complain (self, TEXT_IR_REGISTER_PATH, 0);
      return TRUE;
    case IR_PLACE_NONE:
      break;
    }
  return ir_verify_complain (self, TEXT_IR_NO_DEST, 0);
}

static gboolean
check_index (IrVerifier *self, const IrOperand *index)
{
  IrScalar scalar;

  if (!ir_verify_operand (self, index))
    return FALSE;
  scalar = ir_program_get_scalar (self->program, index->type);
  if (scalar < IR_SCALAR_I32 || scalar > IR_SCALAR_U64)
    return ir_verify_complain (self, TEXT_IR_BAD_INDEX, 0);
  if (index->kind == IR_OPERAND_CONST
      || (index->kind == IR_OPERAND_COPY && index->place.base == IR_PLACE_SLOT
          && index->place.n_projections == 0)
      || (index->kind == IR_OPERAND_MOVE && index->place.base == IR_PLACE_REGISTER
          && index->place.n_projections == 0))
    return TRUE;
  return ir_verify_complain (self, TEXT_IR_BAD_INDEX, 0);
}

/* Of an array all is known: the part lies inside it, and as an array it has just these elements. */
static gboolean
check_part (IrVerifier *self, const IrProjection *projection, const IrType *of)
{
  const IrType *part = ir_verify_get_type (self, projection->type);
  guint64 to = projection->to;

  if (of->kind != IR_TYPE_ARRAY && of->kind != IR_TYPE_SLICE)
    return ir_verify_complain (self, TEXT_IR_INDEX_NO_ARRAY, 0);
  if (projection->kind == IR_PROJECT_END)
    return (to > 0 && (of->kind == IR_TYPE_SLICE || to <= of->count))
           || ir_verify_complain (self, TEXT_IR_PART_OUTSIDE, 0);
  if (projection->from > G_MAXUINT32 || to > G_MAXUINT32
      || (!projection->is_from_end && projection->from > to))
    return ir_verify_complain (self, TEXT_IR_PART_OUTSIDE, 0);
  if (of->kind == IR_TYPE_SLICE)
    return part->kind == IR_TYPE_SLICE || ir_verify_complain (self, TEXT_IR_PART_TYPE, 0);
  if (projection->is_from_end)
    to = of->count - MIN (to, of->count);
  if (to > of->count || projection->from > to)
    return ir_verify_complain (self, TEXT_IR_PART_OUTSIDE, 0);
  return part->kind == IR_TYPE_SLICE
         || (part->kind == IR_TYPE_ARRAY && part->count == to - projection->from)
         || ir_verify_complain (self, TEXT_IR_PART_TYPE, 0);
}

/* A field of a type with arguments: it is one of the template's. */
static gboolean
check_typed (IrVerifier *self, const IrProjection *projection, const IrType *of)
{
  const IrType *template;

  if (of->kind != IR_TYPE_APPLY)
    return ir_verify_complain (self, TEXT_IR_NO_FIELD, projection->field);
  template = ir_verify_get_type (self, of->element);
  return (template->fields != NULL && projection->field < template->fields->len)
         || ir_verify_complain (self, TEXT_IR_NO_FIELD, projection->field);
}

/* What has no size is behind a fat pointer of its kind, and nothing else is. */
static gboolean
check_deref (IrVerifier *self, const IrProjection *projection, const IrType *of)
{
  IrTypeKind kind = ir_verify_get_type (self, projection->type)->kind;
  gboolean is_unsized = kind == IR_TYPE_SLICE || kind == IR_TYPE_DYN;

  if (of->kind != IR_TYPE_POINTER)
    return ir_verify_complain (self, TEXT_IR_DEREF_NO_POINTER, 0);
  if (!is_unsized && !ir_type_is_fat (of))
    return TRUE;
  return (ir_type_is_fat (of) && ir_verify_get_type (self, of->element)->kind == kind)
         || ir_verify_complain (self, TEXT_IR_DEREF_UNSIZED, 0);
}

static gboolean
check_projection (IrVerifier *self, const IrProjection *projection, const IrType *of,
                  gboolean is_behind_deref)
{
  if (!ir_verify_type_id (self, projection->type))
    return FALSE;
  if (projection->is_typed)
    return check_typed (self, projection, of);
  switch (projection->kind)
    {
    case IR_PROJECT_DEREF:
      return check_deref (self, projection, of);
    case IR_PROJECT_FIELD:
      if ((of->kind == IR_TYPE_STRUCT || of->kind == IR_TYPE_UNION || ir_type_is_fat (of))
          && projection->field < of->fields->len)
        return TRUE;
      return ir_verify_complain (self, TEXT_IR_NO_FIELD, projection->field);
    case IR_PROJECT_INDEX:
      if (of->kind != IR_TYPE_ARRAY && of->kind != IR_TYPE_SLICE)
        return ir_verify_complain (self, TEXT_IR_INDEX_NO_ARRAY, 0);
      return check_index (self, projection->index);
    case IR_PROJECT_VARIANT:
      return (of->kind == IR_TYPE_VARIANT && projection->field < of->fields->len)
             || ir_verify_complain (self, TEXT_IR_NO_VARIANT, projection->field);
    case IR_PROJECT_END:
    case IR_PROJECT_PART:
      return check_part (self, projection, of);
    case IR_PROJECT_STEP:
      if (!is_behind_deref)
        return ir_verify_complain (self, TEXT_IR_STEP_NO_DEREF, 0);
      return check_index (self, projection->index);
    }
  g_assert_not_reached ();
}

gboolean
ir_verify_place (IrVerifier *self, const IrPlace *place)
{
  IrTypeId type = 0;
  gboolean is_behind_deref = FALSE;

  if (!check_base (self, place, &type))
    return FALSE;
  for (guint i = 0; i < place->n_projections; i++)
    {
      const IrProjection *projection = &place->projections[i];

      if (!check_projection (self, projection, ir_verify_get_type (self, type), is_behind_deref))
        return FALSE;
      is_behind_deref = projection->kind == IR_PROJECT_DEREF || projection->kind == IR_PROJECT_STEP;
      type = projection->type;
    }
  return TRUE;
}

gboolean
ir_verify_operand (IrVerifier *self, const IrOperand *operand)
{
  if (!ir_verify_type_id (self, operand->type))
    return FALSE;
  switch (operand->kind)
    {
    case IR_OPERAND_CONST:
      return ir_program_get_scalar (self->program, operand->type) != IR_SCALAR_NONE
             || ir_verify_complain (self, TEXT_IR_CONST_NOT_SCALAR, 0);
    case IR_OPERAND_GLOBAL:
      return operand->id < self->program->globals->len
             || ir_verify_complain (self, TEXT_IR_NO_GLOBAL, operand->id);
    case IR_OPERAND_FUNCTION:
      return operand->id < self->program->functions->len
             || ir_verify_complain (self, TEXT_IR_NO_FUNCTION, operand->id);
    case IR_OPERAND_COPY:
      if (!ir_verify_place (self, &operand->place))
        return FALSE;
      return operand->place.base != IR_PLACE_REGISTER || operand->place.n_projections > 0
             || ir_verify_complain (self, TEXT_IR_REGISTER_COPIED, operand->place.id);
    case IR_OPERAND_MOVE:
      return ir_verify_place (self, &operand->place);
    case IR_OPERAND_SIZE_OF:
    case IR_OPERAND_ALIGN_OF:
    case IR_OPERAND_VTABLE:
      if (!self->program->is_generic)
        return ir_verify_complain (self, TEXT_IR_GENERIC_LEFT, 0);
      if (operand->kind == IR_OPERAND_VTABLE && operand->trait >= self->program->traits->len)
        return ir_verify_complain (self, TEXT_IR_NO_TRAIT, operand->trait);
      return ir_verify_type_id (self, operand->id);
    case IR_OPERAND_NONE:
      break;
    }
  return ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, 0);
}

/* ---- types ---- */

/* Two types of one layout, whatever they are called. */
gboolean
ir_verify_is_same_layout (const IrVerifier *self, IrTypeId a, IrTypeId b)
{
  const IrType *first = ir_verify_get_type (self, a), *second = ir_verify_get_type (self, b);
  IrScalar scalar = ir_type_get_scalar (first);

  if (a == b || ir_verify_is_open (self->program, a) || ir_verify_is_open (self->program, b))
    return TRUE;
  if (scalar != ir_type_get_scalar (second))
    return FALSE;
  return scalar != IR_SCALAR_NONE || first->size == second->size;
}

gboolean
ir_verify_operand_layout (IrVerifier *self, const IrInstruction *instruction, guint i,
                          IrTypeId type)
{
  return ir_verify_is_same_layout (self, instruction->operands[i].type, type)
         || ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, i + 1);
}

gboolean
ir_verify_dest (IrVerifier *self, const IrInstruction *instruction)
{
  if (instruction->dest.base == IR_PLACE_NONE)
    return ir_verify_complain (self, TEXT_IR_NO_DEST, 0);
  return ir_verify_place (self, &instruction->dest);
}

gboolean
ir_verify_dest_layout (IrVerifier *self, const IrInstruction *instruction, IrTypeId type)
{
  return ir_verify_dest (self, instruction)
         && (ir_verify_is_same_layout (self, instruction->dest.type, type)
             || ir_verify_complain (self, TEXT_IR_DEST_TYPE, 0));
}

gboolean
ir_verify_dest_scalar (IrVerifier *self, const IrInstruction *instruction, IrScalar scalar)
{
  return ir_verify_dest (self, instruction)
         && (ir_program_get_scalar (self->program, instruction->dest.type) == scalar
             || ir_verify_is_open (self->program, instruction->dest.type)
             || ir_verify_complain (self, TEXT_IR_DEST_TYPE, 0));
}

gboolean
ir_verify_is_wide (IrScalar scalar)
{
  return scalar >= IR_SCALAR_I32 && scalar <= IR_SCALAR_U64;
}

gboolean
ir_verify_pointer_operand (IrVerifier *self, const IrInstruction *instruction, guint i)
{
  return ir_program_get_scalar (self->program, instruction->operands[i].type) == IR_SCALAR_POINTER
         || ir_verify_is_open (self->program, instruction->operands[i].type)
         || ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, i + 1);
}
