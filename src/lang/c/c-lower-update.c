/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Assignments (C11 6.5.16), and ++ and --. The value of each is what its object then holds, so it is read from there. */

#include "c-lower.h"

/* The value in a hidden slot, where it can be read more than once; a constant is as good. */
static IrOperand
keep_value (CLower *lower, IrOperand value, const CExpression *expression)
{
  IrPlace kept;

  if (value.kind == IR_OPERAND_CONST || value.kind == IR_OPERAND_GLOBAL
      || value.kind == IR_OPERAND_FUNCTION)
    return value;
  kept = c_lower_new_slot (lower, c_lower_type (lower, expression->type));
  c_lower_span (lower, expression->span);
  ir_build_move (&lower->builder, kept, value);
  return ir_operand_copy (kept);
}

/* a = b where a takes instructions that must come behind b's. */
static void
assign_value (CLower *lower, const CExpression *assign, IrOperand *value)
{
  IrOperand operand = c_lower_value (lower, assign->b);
  IrPlace place;

  if (value != NULL)
    *value = operand = keep_value (lower, operand, assign->b);
  else if (assign->a->has_effects)
    operand = c_lower_hold (lower, operand, assign->b);
  else if (operand.kind == IR_OPERAND_COPY && c_place_may_fault (&operand.place))
    operand = c_lower_hold (lower, operand, assign->b);
  place = c_lower_place (lower, assign->a);
  c_lower_span (lower, assign->a->span);
  ir_build_move (&lower->builder, place, operand);
}

/* Whether an instruction of the value's own can put it into its place, however the place looks. */
static gboolean
is_computed (const CExpression *value)
{
  return value->kind == C_EXPRESSION_BINARY || value->kind == C_EXPRESSION_POINTER
         || value->kind == C_EXPRESSION_NEGATE || value->kind == C_EXPRESSION_COMPLEMENT
         || c_type_is_record (value->type);
}

/* Stores by an instruction that stands where the place is written, since there a fault in storing is told; one in reading the
 * value has an instruction before. */
static void
store_value (CLower *lower, const CExpression *assign, IrPlace place)
{
  IrOperand operand = c_lower_value (lower, assign->b);

  if (operand.kind == IR_OPERAND_COPY && c_place_may_fault (&operand.place))
    operand = c_lower_hold (lower, operand, assign->b);
  c_lower_span (lower, assign->a->span);
  ir_build_move (&lower->builder, place, operand);
}

/* a = b. The value is computed first where it has effects, as gcc does; a place that takes no instruction can come first, so that
 * the result goes straight into it. value: NULL when it is not used */
void
c_lower_assign (CLower *lower, const CExpression *assign, IrOperand *value)
{
  const CExpression *a = assign->a, *b = assign->b;
  gboolean is_plain = c_is_plain_place (lower, a);
  IrPlace place;

  if (c_get_bit_field (a) != NULL)
    {
      c_lower_bit_field_assign (lower, assign, value);
      return;
    }
  if (!is_plain && (value != NULL || a->has_effects || b->has_effects))
    {
      assign_value (lower, assign, value);
      return;
    }
  place = c_lower_place (lower, a);
  if (c_place_may_fault (&place) && (a->line != b->line || !is_computed (b)))
    store_value (lower, assign, place);
  else
    c_lower_into (lower, b, place);
  if (value != NULL)
    *value = ir_operand_copy (place);
}

static void
build_operation (CLower *lower, const CExpression *update, IrPlace dest, IrOperand a, IrOperand b)
{
  CType *type = update->computed;

  c_lower_span (lower, update->span);
  if (type->kind != C_TYPE_POINTER)
    {
      ir_build_binary (&lower->builder, update->opcode, c_lower_type (lower, type), dest, a, b);
      return;
    }
  type = type->element;
  if (type->kind == C_TYPE_VOID || type->kind == C_TYPE_FUNCTION)
    type = lower->types->character;
  ir_build_binary (&lower->builder, update->opcode, c_lower_type (lower, type), dest, a, b);
}

/* place := place opcode b, computed in the type that C computes it in */
static void
update_place (CLower *lower, const CExpression *update, IrPlace place, IrOperand b)
{
  CType *type = update->a->type;
  IrPlace before, after;

  if (type->kind != C_TYPE_BOOL
      && c_lower_scalar (lower, type) == c_lower_scalar (lower, update->computed))
    {
      build_operation (lower, update, place, ir_operand_copy (place), b);
      return;
    }
  before = c_lower_new_register (lower, c_lower_type (lower, update->computed));
  after = c_lower_new_register (lower, c_lower_type (lower, update->computed));
  c_lower_span (lower, update->span);
  ir_build_convert (&lower->builder, before, ir_operand_copy (place));
  build_operation (lower, update, after, ir_operand_move (before), b);
  ir_build_convert (&lower->builder, place, ir_operand_move (after));
}

static IrOperand
lower_operand (CLower *lower, const CExpression *update)
{
  CConstant one = { .bits = 1, .number = 1 };
  IrOperand b;

  if (update->kind == C_EXPRESSION_STEP)
    return c_lower_constant (lower, &one,
                             update->computed->kind == C_TYPE_POINTER ? lower->types->integer
                                                                      : update->computed);
  b = c_lower_value (lower, update->b);
  return update->a->has_effects || update->b->has_effects
                 || (b.kind == IR_OPERAND_COPY && update->b->line != update->line)
             ? c_lower_hold (lower, b, update->b)
             : b;
}

/* a opcode= b, ++a, a++ …; value: NULL when it is not used */
void
c_lower_update (CLower *lower, const CExpression *update, IrOperand *value)
{
  IrOperand b = lower_operand (lower, update);
  gboolean is_old_wanted = update->is_postfix && value != NULL;
  IrOperand before;
  IrPlace place;

  if (c_get_bit_field (update->a) != NULL)
    {
      c_lower_bit_field_update (lower, update, b, value);
      return;
    }
  place = c_lower_lasting_place (lower, update->a);
  before = ir_operand_copy (place);
  if (is_old_wanted)
    before = c_lower_hold (lower, before, update->a);
  update_place (lower, update, place, b);
  if (value != NULL)
    *value = before;
}
