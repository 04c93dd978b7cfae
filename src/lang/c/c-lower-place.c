/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lvalues as places: a name with a path of members, elements and dereferences behind it. */

#include "c-lower.h"

/* Conversions between pointers change nothing in the machine. */
static const CExpression *
strip_pointer_casts (const CExpression *pointer)
{
  while (pointer->kind == C_EXPRESSION_CONVERT && pointer->a->type->kind == C_TYPE_POINTER
         && pointer->type->kind == C_TYPE_POINTER)
    pointer = pointer->a;
  return pointer;
}

/* Whether something on the path can be a fault, so that its span matters. */
gboolean
c_place_may_fault (const IrPlace *place)
{
  for (guint i = 0; i < place->n_projections; i++)
    {
      const IrProjection *projection = &place->projections[i];

      if (projection->kind != IR_PROJECT_FIELD
          && !(projection->kind == IR_PROJECT_INDEX && projection->index->kind == IR_OPERAND_CONST))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_plain_index (CLower *lower, const CExpression *index)
{
  while (index->kind == C_EXPRESSION_CONVERT
         && c_lower_scalar (lower, index->type) == c_lower_scalar (lower, index->a->type))
    index = index->a;
  return index->kind == C_EXPRESSION_CONSTANT
         || (index->kind == C_EXPRESSION_VARIABLE && !index->symbol->is_global
             && c_type_get_size (index->type) >= 4);
}

/* Whether lowering the place emits no instruction, so that it can be done before its value is computed. */
gboolean
c_is_plain_place (CLower *lower, const CExpression *expression)
{
  switch (expression->kind)
    {
    case C_EXPRESSION_VARIABLE:
      return TRUE;
    case C_EXPRESSION_MEMBER:
      return c_is_plain_place (lower, expression->a);
    case C_EXPRESSION_INDEX:
      return c_is_plain_place (lower, expression->a) && is_plain_index (lower, expression->b);
    case C_EXPRESSION_DEREF:
      {
        const CExpression *pointer = strip_pointer_casts (expression->a);

        if (pointer->kind == C_EXPRESSION_POINTER && pointer->opcode == IR_POINTER_ADD)
          return is_plain_index (lower, pointer->b) && pointer->a->is_lvalue
                 && c_is_plain_place (lower, pointer->a);
        return pointer->is_lvalue && c_is_plain_place (lower, pointer);
      }
    default:
      return FALSE;
    }
}

/* An index is a constant, a slot or a register. */
static IrOperand
lower_index (CLower *lower, const CExpression *index)
{
  IrOperand operand = c_lower_value (lower, index);

  if (operand.kind == IR_OPERAND_COPY
      && (operand.place.base != IR_PLACE_SLOT || operand.place.n_projections > 0))
    return c_lower_hold (lower, operand, index);
  return operand;
}

/* A place that begins with a register of the pointer's value. */
static IrPlace
hold_pointer (CLower *lower, const CExpression *pointer)
{
  IrOperand value = c_lower_hold (lower, c_lower_value (lower, pointer), pointer);
  IrPlace held;

  if (value.kind == IR_OPERAND_MOVE)
    return value.place;
  held = c_lower_new_register (lower, c_lower_type (lower, pointer->type));
  c_lower_span (lower, pointer->span);
  ir_build_move (&lower->builder, held, value);
  return held;
}

/* What a pointer points to, seen as the type; the pointer is a place itself, or held in a register. */
static IrPlace
dereference (CLower *lower, const CExpression *pointer, CType *type)
{
  const CExpression *bare = strip_pointer_casts (pointer);
  IrPlace place = bare->is_lvalue ? c_lower_place (lower, bare) : hold_pointer (lower, pointer);

  return ir_place_deref (&lower->builder, place, c_lower_type (lower, type));
}

/* *pointer */
static IrPlace
lower_dereference (CLower *lower, const CExpression *expression)
{
  const CExpression *pointer = strip_pointer_casts (expression->a);
  IrPlace place;
  IrOperand index;

  if (pointer->kind == C_EXPRESSION_ADDRESS && pointer->a->type->kind != C_TYPE_ARRAY
      && c_type_is_same (pointer->a->type, expression->type))
    return c_lower_place (lower, pointer->a);
  if (pointer->kind != C_EXPRESSION_POINTER || pointer->opcode != IR_POINTER_ADD
      || c_type_get_size (pointer->type->element) != c_type_get_size (expression->type))
    return dereference (lower, expression->a, expression->type);
  if (!pointer->b->has_effects)
    {
      place = dereference (lower, pointer->a, expression->type);
      index = lower_index (lower, pointer->b);
    }
  else
    {
      place = hold_pointer (lower, pointer->a);
      place = ir_place_deref (&lower->builder, place, c_lower_type (lower, expression->type));
      index = lower_index (lower, pointer->b);
    }
  return ir_place_step (&lower->builder, place, index);
}

/* An rvalue of record type, put where it has a place. */
static IrPlace
lower_temporary (CLower *lower, const CExpression *expression)
{
  IrPlace slot = c_lower_new_slot (lower, c_lower_type (lower, expression->type));

  c_lower_into (lower, expression, slot);
  return slot;
}

/* a[b] */
static IrPlace
lower_element (CLower *lower, const CExpression *expression)
{
  IrPlace array;
  IrOperand index;

  if (expression->b->has_effects)
    {
      index = lower_index (lower, expression->b);
      if (index.kind == IR_OPERAND_COPY && expression->a->has_effects)
        index = c_lower_hold (lower, index, expression->b);
      array = c_lower_place (lower, expression->a);
    }
  else
    {
      array = c_lower_place (lower, expression->a);
      index = lower_index (lower, expression->b);
    }
  return ir_place_index (&lower->builder, array, index, c_lower_type (lower, expression->type));
}

/* The place that an lvalue, or a record's value, is. */
IrPlace
c_lower_place (CLower *lower, const CExpression *expression)
{
  CSymbol *symbol;

  switch (expression->kind)
    {
    case C_EXPRESSION_VARIABLE:
      symbol = expression->symbol;
      if (symbol->is_global)
        return ir_place_global (lower->program, symbol->ir);
      return ir_place_slot (lower->builder.function, symbol->ir);
    case C_EXPRESSION_LITERAL:
      c_lower_begin_life (lower, expression->symbol);
      c_lower_initialise (lower, expression->symbol);
      return ir_place_slot (lower->builder.function, expression->symbol->ir);
    case C_EXPRESSION_STRING:
      return ir_place_global (lower->program, c_lower_literal (lower, expression->string.bytes,
                                                               expression->string.n_bytes));
    case C_EXPRESSION_MEMBER:
      return ir_place_field (&lower->builder, c_lower_place (lower, expression->a),
                             expression->field);
    case C_EXPRESSION_INDEX:
      return lower_element (lower, expression);
    case C_EXPRESSION_DEREF:
      return lower_dereference (lower, expression);
    default:
      return lower_temporary (lower, expression);
    }
}

static gboolean
is_used_up (const IrPlace *place)
{
  if (place->base == IR_PLACE_REGISTER)
    return TRUE;
  for (guint i = 0; i < place->n_projections; i++)
    if (place->projections[i].index != NULL && place->projections[i].index->kind == IR_OPERAND_MOVE)
      return TRUE;
  return FALSE;
}

/* A register's value in a hidden slot, where it can be read more than once. */
static IrPlace
keep_register (CLower *lower, IrRegId id)
{
  IrFunction *function = lower->builder.function;
  IrPlace kept = c_lower_new_slot (lower, ir_function_get_register_type (function, id));

  ir_build_move (&lower->builder, kept, ir_operand_move (ir_place_register (function, id)));
  return kept;
}

/* A place that can be used more than once. */
IrPlace
c_lower_lasting_place (CLower *lower, const CExpression *expression)
{
  IrPlace place = c_lower_place (lower, expression);
  IrProjection *path;

  if (!is_used_up (&place))
    return place;
  c_lower_span (lower, expression->span);
  if (place.base == IR_PLACE_REGISTER)
    {
      place.id = keep_register (lower, place.id).id;
      place.base = IR_PLACE_SLOT;
    }
  path = ir_program_alloc (lower->program, place.n_projections * sizeof *path);
  for (guint i = 0; i < place.n_projections; i++)
    {
      path[i] = place.projections[i];
      if (path[i].index == NULL || path[i].index->kind != IR_OPERAND_MOVE)
        continue;
      path[i].index = ir_program_alloc (lower->program, sizeof *path[i].index);
      *path[i].index
          = ir_operand_copy (keep_register (lower, place.projections[i].index->place.id));
    }
  place.projections = path;
  return place;
}

/* ---- addresses ---- */

/* &a[b] for an array: one past the end is fine (C11 6.5.6p8), so it is computed, not looked up. */
static void
lower_element_address (CLower *lower, const CExpression *element, IrPlace dest)
{
  IrPlace base = c_lower_new_register (lower, dest.type);
  CType *pointer = c_type_new_pointer (lower->types, element->type);
  IrOperand index;

  c_lower_address (lower, element->a, base, pointer);
  index = c_lower_value (lower, element->b);
  c_lower_span (lower, element->span);
  ir_build_binary (&lower->builder, IR_POINTER_ADD, c_lower_type (lower, element->type), dest,
                   ir_operand_move (base), index);
}

/* Puts the lvalue's address into dest, a place of the pointer type. */
void
c_lower_address (CLower *lower, const CExpression *lvalue, IrPlace dest, CType *type)
{
  CExpression address = { .kind = C_EXPRESSION_ADDRESS, .type = type, .a = (CExpression *)lvalue };
  CConstant constant;
  IrPlace place;

  c_lower_span (lower, lvalue->span);
  if (c_evaluate (&address, &constant) && (constant.symbol != NULL || constant.string != NULL))
    {
      ir_build_move (&lower->builder, dest, c_lower_constant (lower, &constant, type));
      return;
    }
  if (lvalue->kind == C_EXPRESSION_INDEX)
    {
      lower_element_address (lower, lvalue, dest);
      return;
    }
  if (lvalue->kind == C_EXPRESSION_DEREF)
    {
      c_lower_into (lower, lvalue->a, dest);
      return;
    }
  place = c_lower_place (lower, lvalue);
  if (place.base == IR_PLACE_SLOT)
    {
      IrSlot *slot = ir_function_get_slot (lower->builder.function, place.id);

      /* An array in a function's result that decays. */
      if (slot->name == NULL)
        slot->is_address_taken = TRUE;
    }
  c_lower_span (lower, lvalue->span);
  ir_build_address (&lower->builder, dest, place);
}
