/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values: expressions as operands, and straight into a place. See c-lower.h for who may read an operand when. */

#include "c-lower.h"

/* The operand as one that later effects do not change: what it says to copy is copied now. */
IrOperand
c_lower_hold (CLower *lower, IrOperand operand, const CExpression *expression)
{
  IrPlace held;

  if (operand.kind != IR_OPERAND_COPY)
    return operand;
  c_lower_span (lower, expression->span);
  if (ir_program_get_scalar (lower->program, operand.type) == IR_SCALAR_NONE)
    {
      held = c_lower_new_slot (lower, operand.type);
      ir_build_move (&lower->builder, held, operand);
      return ir_operand_copy (held);
    }
  held = c_lower_new_register (lower, operand.type);
  ir_build_move (&lower->builder, held, operand);
  return ir_operand_move (held);
}

IrOperand
c_lower_zero (CLower *lower, CType *type)
{
  CConstant zero = { NULL };

  return c_lower_constant (lower, &zero, type);
}

/* A fault in reading the operand is told at the instruction, so an operand on another line is read by one of its own. */
static IrOperand
hold_other_line (CLower *lower, IrOperand operand, const CExpression *expression, guint32 line)
{
  if (operand.kind == IR_OPERAND_COPY && expression->line != line
      && c_place_may_fault (&operand.place))
    return c_lower_hold (lower, operand, expression);
  return operand;
}

/* Both operands of the parent, the left one first. */
void
c_lower_pair (CLower *lower, const CExpression *parent, IrOperand *a, IrOperand *b)
{
  *a = c_lower_value (lower, parent->a);
  if (parent->b->has_effects)
    *a = c_lower_hold (lower, *a, parent->a);
  *a = hold_other_line (lower, *a, parent->a, parent->line);
  *b = c_lower_value (lower, parent->b);
  *b = hold_other_line (lower, *b, parent->b, parent->line);
}

/* ---- conversions ---- */

static CExpression *
find_allocation (const CExpression *convert)
{
  CExpression *inner = convert->a;

  while (inner->kind == C_EXPRESSION_CONVERT && c_type_is_void_pointer (inner->type))
    inner = inner->a;
  if (inner->kind != C_EXPRESSION_CALL || convert->type->kind != C_TYPE_POINTER)
    return NULL;
  return c_type_is_void_pointer (inner->type) ? inner : NULL;
}

/* Whether the conversion changes no bits of the value. */
static gboolean
is_same_layout (CLower *lower, CType *from, CType *to)
{
  if (to->kind == C_TYPE_BOOL)
    return from->kind == C_TYPE_BOOL;
  return c_lower_scalar (lower, from) == c_lower_scalar (lower, to);
}

static void
lower_conversion (CLower *lower, const CExpression *convert, IrPlace dest)
{
  CExpression *call = find_allocation (convert);
  IrOperand value;

  /* The first type that an allocation's pointer gets is what its block is shown as. */
  if (call != NULL && !c_type_is_void_pointer (convert->type))
    {
      c_lower_call (lower, call, dest, convert->type->element);
      return;
    }
  if (is_same_layout (lower, convert->a->type, convert->type))
    {
      c_lower_into (lower, convert->a, dest);
      return;
    }
  value = c_lower_value (lower, convert->a);
  c_lower_span (lower, convert->span);
  ir_build_convert (&lower->builder, dest, value);
}

/* ---- operators ---- */

static void
lower_binary (CLower *lower, const CExpression *expression, IrPlace dest)
{
  IrOperand a, b;

  c_lower_pair (lower, expression, &a, &b);
  c_lower_span (lower, expression->span);
  ir_build_binary (&lower->builder, expression->opcode, c_lower_type (lower, expression->a->type),
                   dest, a, b);
}

/* void and functions count as one byte, as in gcc. */
static IrTypeId
lower_step_type (CLower *lower, const CExpression *pointer)
{
  CType *element = pointer->type->element;

  if (element->kind == C_TYPE_VOID || element->kind == C_TYPE_FUNCTION)
    element = lower->types->character;
  return c_lower_type (lower, element);
}

static void
lower_pointer (CLower *lower, const CExpression *expression, IrPlace dest)
{
  IrOpcode opcode
      = expression->kind == C_EXPRESSION_DIFFERENCE ? IR_POINTER_DIFF : expression->opcode;
  IrOperand a, b;

  c_lower_pair (lower, expression, &a, &b);
  c_lower_span (lower, expression->span);
  ir_build_binary (&lower->builder, opcode, lower_step_type (lower, expression->a), dest, a, b);
}

static void
lower_unary (CLower *lower, const CExpression *expression, IrPlace dest)
{
  IrTypeId type = c_lower_type (lower, expression->a->type);
  IrOperand a = c_lower_value (lower, expression->a);

  c_lower_span (lower, expression->span);
  switch (expression->kind)
    {
    case C_EXPRESSION_NEGATE:
      ir_build_unary (&lower->builder, IR_NEG, type, dest, a);
      break;
    case C_EXPRESSION_COMPLEMENT:
      ir_build_unary (&lower->builder, IR_NOT, type, dest, a);
      break;
    default:
      ir_build_binary (&lower->builder, IR_EQ, type, dest, a,
                       c_lower_zero (lower, expression->a->type));
      break;
    }
}

/* ---- what has branches ---- */

/* a && b, a || b as a number */
static void
lower_logical (CLower *lower, const CExpression *expression, IrPlace dest)
{
  CTarget yes = { 0 }, no = { 0 }, end = { 0 };

  c_lower_condition (lower, expression, &yes, &no);
  for (guint value = 0; value < 2; value++)
    {
      CTarget *target = value ? &yes : &no;

      if (!target->is_made)
        continue;
      lower->builder.block = target->id;
      c_lower_span (lower, expression->span);
      ir_build_move (&lower->builder, dest,
                     ir_operand_const (c_lower_type (lower, expression->type), value));
      c_lower_jump (lower, &end);
    }
  c_target_place (lower, &end);
}

/* One arm of a ? b : c; without a dest only its effects. */
static void
lower_arm (CLower *lower, CTarget *target, const CExpression *arm, const IrPlace *dest,
           CTarget *end)
{
  if (!target->is_made)
    return;
  lower->builder.block = target->id;
  if (dest != NULL)
    c_lower_into (lower, arm, *dest);
  else
    c_lower_effect (lower, arm);
  c_lower_jump (lower, end);
}

static void
lower_conditional (CLower *lower, const CExpression *expression, const IrPlace *dest)
{
  CTarget yes = { 0 }, no = { 0 }, end = { 0 };

  c_lower_condition (lower, expression->a, &yes, &no);
  lower_arm (lower, &yes, expression->b, dest, &end);
  lower_arm (lower, &no, expression->c, dest, &end);
  c_target_place (lower, &end);
}

/* ---- the three ways to lower an expression ---- */

/* Puts the value into dest, a place of its layout. */
void
c_lower_into (CLower *lower, const CExpression *expression, IrPlace dest)
{
  IrOperand value;

  switch (expression->kind)
    {
    case C_EXPRESSION_BINARY:
      lower_binary (lower, expression, dest);
      break;
    case C_EXPRESSION_POINTER:
    case C_EXPRESSION_DIFFERENCE:
      lower_pointer (lower, expression, dest);
      break;
    case C_EXPRESSION_NEGATE:
    case C_EXPRESSION_COMPLEMENT:
    case C_EXPRESSION_NOT:
      lower_unary (lower, expression, dest);
      break;
    case C_EXPRESSION_CONVERT:
      lower_conversion (lower, expression, dest);
      break;
    case C_EXPRESSION_ADDRESS:
      c_lower_address (lower, expression->a, dest, expression->type);
      break;
    case C_EXPRESSION_AND:
    case C_EXPRESSION_OR:
      lower_logical (lower, expression, dest);
      break;
    case C_EXPRESSION_CONDITIONAL:
      lower_conditional (lower, expression, &dest);
      break;
    case C_EXPRESSION_CALL:
      c_lower_call (lower, expression, dest, NULL);
      break;
    default:
      value = c_lower_value (lower, expression);
      c_lower_span (lower, expression->span);
      ir_build_move (&lower->builder, dest, value);
      break;
    }
}

static IrOperand
lower_computed (CLower *lower, const CExpression *expression)
{
  IrPlace result;

  if (c_type_is_record (expression->type))
    return ir_operand_copy (c_lower_place (lower, expression));
  result = c_lower_new_register (lower, c_lower_type (lower, expression->type));
  c_lower_into (lower, expression, result);
  return ir_operand_move (result);
}

/* The value as an operand: a constant, a copy of a place, or a register. */
IrOperand
c_lower_value (CLower *lower, const CExpression *expression)
{
  CConstant constant;
  IrOperand value;

  if (c_get_bit_field (expression) != NULL)
    return c_lower_bit_field (lower, expression);
  switch (expression->kind)
    {
    case C_EXPRESSION_CONSTANT:
      c_evaluate (expression, &constant);
      return c_lower_constant (lower, &constant, expression->type);
    case C_EXPRESSION_VARIABLE:
    case C_EXPRESSION_LITERAL:
    case C_EXPRESSION_STRING:
    case C_EXPRESSION_MEMBER:
    case C_EXPRESSION_INDEX:
    case C_EXPRESSION_DEREF:
      return ir_operand_copy (c_lower_place (lower, expression));
    case C_EXPRESSION_ADDRESS:
      if (c_evaluate (expression, &constant)
          && (constant.symbol != NULL || constant.string != NULL))
        {
          c_lower_span (lower, expression->span);
          return c_lower_constant (lower, &constant, expression->type);
        }
      return lower_computed (lower, expression);
    case C_EXPRESSION_CONVERT:
      if (find_allocation (expression) == NULL
          && is_same_layout (lower, expression->a->type, expression->type))
        return c_lower_value (lower, expression->a);
      return lower_computed (lower, expression);
    case C_EXPRESSION_COMMA:
      c_lower_effect (lower, expression->a);
      return c_lower_value (lower, expression->b);
    case C_EXPRESSION_ASSIGN:
      c_lower_assign (lower, expression, &value);
      return value;
    case C_EXPRESSION_UPDATE:
    case C_EXPRESSION_STEP:
      c_lower_update (lower, expression, &value);
      return value;
    default:
      return lower_computed (lower, expression);
    }
}

/* What the expression changes, its value dropped. */
void
c_lower_effect (CLower *lower, const CExpression *expression)
{
  CTarget end = { 0 }, yes = { 0 };

  if (!expression->has_effects)
    return;
  switch (expression->kind)
    {
    case C_EXPRESSION_ASSIGN:
      c_lower_assign (lower, expression, NULL);
      break;
    case C_EXPRESSION_UPDATE:
    case C_EXPRESSION_STEP:
      c_lower_update (lower, expression, NULL);
      break;
    case C_EXPRESSION_CALL:
      c_lower_call (lower, expression, ir_place_none (), NULL);
      break;
    case C_EXPRESSION_CONDITIONAL:
      lower_conditional (lower, expression, NULL);
      break;
    case C_EXPRESSION_AND:
    case C_EXPRESSION_OR:
      if (expression->kind == C_EXPRESSION_AND)
        c_lower_condition (lower, expression->a, &yes, &end);
      else
        c_lower_condition (lower, expression->a, &end, &yes);
      lower_arm (lower, &yes, expression->b, NULL, &end);
      c_target_place (lower, &end);
      break;
    default:
      if (expression->a != NULL)
        c_lower_effect (lower, expression->a);
      if (expression->b != NULL)
        c_lower_effect (lower, expression->b);
      break;
    }
}
