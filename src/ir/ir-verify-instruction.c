/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One instruction: do its ids exist, are its places sound, do operands and result fit its form? */

#include "ir-leaf.h"
#include "ir-verify.h"

/* ---- places and operands ---- */

static const IrType *
get_type (const IrVerifier *self, IrTypeId id)
{
  return ir_program_get_type (self->program, id);
}

static gboolean
is_known_type (IrVerifier *self, IrTypeId id)
{
  return id < self->program->types->len || ir_verify_complain (self, TEXT_IR_NO_TYPE, id);
}

static gboolean check_operand (IrVerifier *self, const IrOperand *operand);

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

  if (!check_operand (self, index))
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
  const IrType *part = get_type (self, projection->type);
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
  template = get_type (self, of->element);
  return (template->fields != NULL && projection->field < template->fields->len)
         || ir_verify_complain (self, TEXT_IR_NO_FIELD, projection->field);
}

/* What has no size is behind a fat pointer of its kind, and nothing else is. */
static gboolean
check_deref (IrVerifier *self, const IrProjection *projection, const IrType *of)
{
  IrTypeKind kind = get_type (self, projection->type)->kind;
  gboolean is_unsized = kind == IR_TYPE_SLICE || kind == IR_TYPE_DYN;

  if (of->kind != IR_TYPE_POINTER)
    return ir_verify_complain (self, TEXT_IR_DEREF_NO_POINTER, 0);
  if (!is_unsized && !ir_type_is_fat (of))
    return TRUE;
  return (ir_type_is_fat (of) && get_type (self, of->element)->kind == kind)
         || ir_verify_complain (self, TEXT_IR_DEREF_UNSIZED, 0);
}

static gboolean
check_projection (IrVerifier *self, const IrProjection *projection, const IrType *of,
                  gboolean is_behind_deref)
{
  if (!is_known_type (self, projection->type))
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

static gboolean
check_place (IrVerifier *self, const IrPlace *place)
{
  IrTypeId type = 0;
  gboolean is_behind_deref = FALSE;

  if (!check_base (self, place, &type))
    return FALSE;
  for (guint i = 0; i < place->n_projections; i++)
    {
      const IrProjection *projection = &place->projections[i];

      if (!check_projection (self, projection, get_type (self, type), is_behind_deref))
        return FALSE;
      is_behind_deref = projection->kind == IR_PROJECT_DEREF || projection->kind == IR_PROJECT_STEP;
      type = projection->type;
    }
  return TRUE;
}

static gboolean
check_operand (IrVerifier *self, const IrOperand *operand)
{
  if (!is_known_type (self, operand->type))
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
      if (!check_place (self, &operand->place))
        return FALSE;
      return operand->place.base != IR_PLACE_REGISTER || operand->place.n_projections > 0
             || ir_verify_complain (self, TEXT_IR_REGISTER_COPIED, operand->place.id);
    case IR_OPERAND_MOVE:
      return check_place (self, &operand->place);
    case IR_OPERAND_SIZE_OF:
    case IR_OPERAND_ALIGN_OF:
    case IR_OPERAND_VTABLE:
      if (!self->program->is_generic)
        return ir_verify_complain (self, TEXT_IR_GENERIC_LEFT, 0);
      if (operand->kind == IR_OPERAND_VTABLE && operand->trait >= self->program->traits->len)
        return ir_verify_complain (self, TEXT_IR_NO_TRAIT, operand->trait);
      return is_known_type (self, operand->id);
    case IR_OPERAND_NONE:
      break;
    }
  return ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, 0);
}

/* ---- types ---- */

/* Two types of one layout, whatever they are called. */
static gboolean
is_same_layout (const IrVerifier *self, IrTypeId a, IrTypeId b)
{
  const IrType *first = get_type (self, a), *second = get_type (self, b);
  IrScalar scalar = ir_type_get_scalar (first);

  if (a == b || ir_verify_is_open (self->program, a) || ir_verify_is_open (self->program, b))
    return TRUE;
  if (scalar != ir_type_get_scalar (second))
    return FALSE;
  return scalar != IR_SCALAR_NONE || first->size == second->size;
}

static gboolean
check_operand_layout (IrVerifier *self, const IrInstruction *instruction, guint i, IrTypeId type)
{
  return is_same_layout (self, instruction->operands[i].type, type)
         || ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, i + 1);
}

static gboolean
check_dest (IrVerifier *self, const IrInstruction *instruction)
{
  if (instruction->dest.base == IR_PLACE_NONE)
    return ir_verify_complain (self, TEXT_IR_NO_DEST, 0);
  return check_place (self, &instruction->dest);
}

static gboolean
check_dest_layout (IrVerifier *self, const IrInstruction *instruction, IrTypeId type)
{
  return check_dest (self, instruction)
         && (is_same_layout (self, instruction->dest.type, type)
             || ir_verify_complain (self, TEXT_IR_DEST_TYPE, 0));
}

static gboolean
check_dest_scalar (IrVerifier *self, const IrInstruction *instruction, IrScalar scalar)
{
  return check_dest (self, instruction)
         && (ir_program_get_scalar (self->program, instruction->dest.type) == scalar
             || ir_verify_is_open (self->program, instruction->dest.type)
             || ir_verify_complain (self, TEXT_IR_DEST_TYPE, 0));
}

static gboolean
is_wide_integer (IrScalar scalar)
{
  return scalar >= IR_SCALAR_I32 && scalar <= IR_SCALAR_U64;
}

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
      return is_wide_integer (scalar) || is_floating (scalar);
    case IR_EQ:
    case IR_NE:
    case IR_LT:
    case IR_LE:
    case IR_GT:
    case IR_GE:
      return is_wide_integer (scalar) || is_floating (scalar) || scalar == IR_SCALAR_POINTER;
    default:
      return is_wide_integer (scalar);
    }
}

static gboolean
check_arithmetic (IrVerifier *self, const IrInstruction *instruction, guint n_of_type)
{
  IrScalar scalar;

  if (!is_known_type (self, instruction->type))
    return FALSE;
  scalar = ir_program_get_scalar (self->program, instruction->type);
  if (!exists_for (instruction->opcode, scalar))
    return ir_verify_complain (self, TEXT_IR_OPERATION_TYPE, 0);
  for (guint i = 0; i < n_of_type; i++)
    if (!check_operand_layout (self, instruction, i, instruction->type))
      return FALSE;
  return TRUE;
}

static gboolean
check_shift (IrVerifier *self, const IrInstruction *instruction)
{
  if (!check_arithmetic (self, instruction, 1)
      || !check_dest_layout (self, instruction, instruction->type))
    return FALSE;
  return is_wide_integer (ir_program_get_scalar (self->program, instruction->operands[1].type))
         || ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, 2);
}

static gboolean
check_pointer_operand (IrVerifier *self, const IrInstruction *instruction, guint i)
{
  return ir_program_get_scalar (self->program, instruction->operands[i].type) == IR_SCALAR_POINTER
         || ir_verify_is_open (self->program, instruction->operands[i].type)
         || ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, i + 1);
}

static gboolean
check_pointer_step (IrVerifier *self, const IrInstruction *instruction)
{
  if (!is_known_type (self, instruction->type) || !check_pointer_operand (self, instruction, 0)
      || !check_dest_scalar (self, instruction, IR_SCALAR_POINTER))
    return FALSE;
  return is_wide_integer (ir_program_get_scalar (self->program, instruction->operands[1].type))
         || ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, 2);
}

static gboolean
check_convert (IrVerifier *self, const IrInstruction *instruction)
{
  if (!check_dest (self, instruction))
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
  const IrType *dest = get_type (self, instruction->dest.type);
  IrTypeKind kind = get_type (self, instruction->place.type)->kind;

  return (ir_type_is_fat (dest) && get_type (self, dest->element)->kind == kind)
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
  return check_place (self, &instruction->place)
         && (self->program->is_generic || check_addressable (self, &instruction->place));
}

static gboolean
check_discriminant (IrVerifier *self, const IrInstruction *instruction)
{
  const IrType *type;

  if (!check_place (self, &instruction->place))
    return FALSE;
  type = get_type (self, instruction->place.type);
  if (type->kind == IR_TYPE_APPLY)
    type = get_type (self, type->element);
  if (type->kind != IR_TYPE_VARIANT)
    return ir_verify_complain (self, TEXT_IR_NOT_VARIANTS, 0);
  if (instruction->opcode == IR_SET_DISCRIMINANT)
    return instruction->id < type->fields->len
           || ir_verify_complain (self, TEXT_IR_NO_VARIANT, instruction->id);
  return check_dest (self, instruction)
         && (is_wide_integer (ir_program_get_scalar (self->program, instruction->dest.type))
             || ir_verify_complain (self, TEXT_IR_DEST_TYPE, 0));
}

static gboolean
check_address (IrVerifier *self, const IrInstruction *instruction)
{
  const IrPlace *place = &instruction->place;
  IrTypeKind kind;

  if (!check_place (self, place))
    return FALSE;
  kind = get_type (self, place->type)->kind;
  if (kind == IR_TYPE_SLICE || kind == IR_TYPE_DYN)
    {
      if (!check_dest (self, instruction) || !check_unsized_address (self, instruction))
        return FALSE;
    }
  else if (!check_dest_scalar (self, instruction, IR_SCALAR_POINTER))
    return FALSE;
  return check_addressable (self, place);
}

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
    if (!check_operand_layout (self, call, first + i,
                               g_array_index (type->fields, IrField, i).type))
      return FALSE;
  if (call->dest.base == IR_PLACE_NONE)
    return TRUE;
  if (get_type (self, type->element)->kind == IR_TYPE_VOID)
    return ir_verify_complain (self, TEXT_IR_RESULT_OF_VOID, 0);
  return check_dest_layout (self, call, type->element);
}

static gboolean
check_type_arguments (IrVerifier *self, const IrInstruction *call)
{
  for (guint i = 0; i < call->n_arguments; i++)
    if (!is_known_type (self, call->arguments[i]))
      return FALSE;
  return TRUE;
}

static gboolean
check_call_trait (IrVerifier *self, const IrInstruction *call)
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
         && check_arguments (self, call, 0, get_type (self, method->type));
}

static gboolean
check_call (IrVerifier *self, const IrInstruction *call)
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
  return check_arguments (self, call, 0, get_type (self, callee->type));
}

/* ---- objects and frames ---- */

static gboolean
check_scalar_operand (IrVerifier *self, const IrInstruction *instruction, guint i)
{
  return ir_program_get_scalar (self->program, instruction->operands[i].type) != IR_SCALAR_NONE
         || ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, i + 1);
}

/* An object of a struct type; how many elements it has is said exactly where its type has a `count`. */
static gboolean
check_allocate (IrVerifier *self, const IrInstruction *allocate)
{
  const IrType *type;
  gboolean has_count;

  if (!is_known_type (self, allocate->type))
    return FALSE;
  type = get_type (self, allocate->type);
  if (type->kind == IR_TYPE_VOID || type->kind == IR_TYPE_FUNCTION)
    return ir_verify_complain (self, TEXT_IR_NO_OBJECT, allocate->type);
  has_count = type->object != NULL && type->object->values[IR_OBJECT_COUNT] >= 0
              && type->object->values[IR_OBJECT_APART] < 0;
  if (allocate->n_operands != (has_count ? 1 : 0))
    return ir_verify_complain (self, TEXT_IR_OBJECT_COUNT, allocate->type);
  if (has_count
      && !is_wide_integer (ir_program_get_scalar (self->program, allocate->operands[0].type)))
    return ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, 1);
  return check_dest_scalar (self, allocate, IR_SCALAR_POINTER);
}

static gboolean
check_result (IrVerifier *self, const IrInstruction *instruction)
{
  if (instruction->opcode == IR_COLLECT)
    return instruction->dest.base == IR_PLACE_NONE
           || check_dest_scalar (self, instruction, IR_SCALAR_I64);
  if (instruction->opcode == IR_KEEP_FRAME && self->function->is_resumable)
    return ir_verify_complain (self, TEXT_IR_KEPT_RESUMABLE, self->function_id);
  return check_dest_scalar (self, instruction, IR_SCALAR_POINTER);
}

static gboolean
check_frame (IrVerifier *self, const IrInstruction *frame)
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
  return check_arguments (self, &arguments, 0, get_type (self, callee->type))
         && check_dest_scalar (self, frame, IR_SCALAR_POINTER);
}

/* The global is a variable of 4 bytes, the function one without parameters. */
static gboolean
check_ensure (IrVerifier *self, const IrInstruction *ensure)
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
  if (get_type (self, callee->type)->fields->len > 0)
    return complain_count (self, 0, get_type (self, callee->type)->fields->len);
  return (global->kind == IR_GLOBAL_VARIABLE
          && ir_scalar_get_size (ir_program_get_scalar (self->program, global->type)) == 4)
         || ir_verify_complain (self, TEXT_IR_ENSURED_GLOBAL, ensure->other);
}

static gboolean
check_call_pointer (IrVerifier *self, const IrInstruction *call)
{
  if (!is_known_type (self, call->type))
    return FALSE;
  if (get_type (self, call->type)->kind != IR_TYPE_FUNCTION)
    return ir_verify_complain (self, TEXT_IR_NOT_FUNCTION_TYPE, 0);
  return check_pointer_operand (self, call, 0)
         && check_arguments (self, call, 1, get_type (self, call->type));
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

static gboolean
check_leaf (IrVerifier *self, const IrInstruction *call)
{
  const IrLeafInfo *info = &ir_leaf_infos[call->id];
  guint i = 0;

  if (!is_known_type (self, call->type))
    return FALSE;
  /* What is called when the leaf finds its work too hard takes the same arguments and gives the same result. */
  if (call->other != IR_NO_FUNCTION)
    {
      IrInstruction slow = *call;

      slow.id = call->other;
      if (!check_call (self, &slow))
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
  if (!check_dest (self, call))
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

/* ---- transfers ---- */

static gboolean
check_target (IrVerifier *self, IrBlockId id)
{
  return id < self->function->blocks->len || ir_verify_complain (self, TEXT_IR_NO_BLOCK, id);
}

static gboolean
check_branch (IrVerifier *self, const IrInstruction *branch)
{
  return (ir_program_get_scalar (self->program, branch->operands[0].type) != IR_SCALAR_NONE
          || ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, 1))
         && check_target (self, branch->target) && check_target (self, branch->otherwise);
}

static gboolean
check_switch (IrVerifier *self, const IrInstruction *instruction)
{
  if (ir_program_get_scalar (self->program, instruction->operands[0].type) > IR_SCALAR_U64)
    return ir_verify_complain (self, TEXT_IR_OPERAND_TYPE, 1);
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
  IrTypeId result = get_type (self, self->function->type)->element;

  if (instruction->n_operands == 0)
    return TRUE;
  return is_same_layout (self, instruction->operands[0].type, result)
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
      return check_dest_layout (self, instruction, instruction->operands[0].type);
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
             && check_dest_layout (self, instruction, instruction->type);
    case IR_FORM_BINARY:
      return check_arithmetic (self, instruction, 2)
             && check_dest_layout (self, instruction, instruction->type);
    case IR_FORM_SHIFT:
      return check_shift (self, instruction);
    case IR_FORM_COMPARE:
      return check_arithmetic (self, instruction, 2)
             && check_dest_scalar (self, instruction, IR_SCALAR_I32);
    case IR_FORM_CONVERT:
      return check_convert (self, instruction);
    case IR_FORM_POINTER:
      return check_pointer_step (self, instruction);
    case IR_FORM_DIFFER:
      return is_known_type (self, instruction->type) && check_pointer_operand (self, instruction, 0)
             && check_pointer_operand (self, instruction, 1)
             && check_dest_scalar (self, instruction, IR_SCALAR_I64);
    case IR_FORM_KILL:
      return instruction->id < self->function->registers->len
             || ir_verify_complain (self, TEXT_IR_NO_REGISTER, instruction->id);
    case IR_FORM_ALLOCATE:
      return check_allocate (self, instruction);
    case IR_FORM_USE:
      return check_pointer_operand (self, instruction, 0);
    case IR_FORM_RESULT:
      return check_result (self, instruction);
    case IR_FORM_FRAME:
      return check_frame (self, instruction);
    case IR_FORM_RESUME:
      return check_pointer_operand (self, instruction, 0)
             && check_scalar_operand (self, instruction, 1);
    case IR_FORM_YIELD:
      return (self->function->is_resumable
              || ir_verify_complain (self, TEXT_IR_NOT_RESUMABLE, self->function_id))
             && check_scalar_operand (self, instruction, 0);
    case IR_FORM_STATE:
      return check_pointer_operand (self, instruction, 0)
             && check_dest_scalar (self, instruction, IR_SCALAR_I32);
    case IR_FORM_ENSURE:
      return check_ensure (self, instruction);
    case IR_FORM_THROW:
      return check_pointer_operand (self, instruction, 0);
    case IR_FORM_CALL:
      return check_call (self, instruction);
    case IR_FORM_CALLP:
    case IR_FORM_METHOD:
      return check_call_pointer (self, instruction);
    case IR_FORM_LEAF:
      return check_leaf (self, instruction);
    case IR_FORM_TRAIT:
      return check_call_trait (self, instruction);
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
    if (!check_operand (self, &instruction->operands[i]))
      return FALSE;
  if (!ir_verify_managed (self, instruction))
    return FALSE;
  if (instruction->dest.base != IR_PLACE_NONE && !check_place (self, &instruction->dest))
    return FALSE;
  return check_form (self, instruction);
}
