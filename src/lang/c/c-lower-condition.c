/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Conditions as branches: && || ! become blocks, a comparison and its branch stand side by side, so that the machine can make
 * one step of them. */

#include "c-lower.h"

static const CExpression *
strip_truth (const CExpression *condition, gboolean *is_negated)
{
  for (;;)
    {
      if (condition->kind == C_EXPRESSION_NOT)
        *is_negated = !*is_negated;
      else if (condition->kind != C_EXPRESSION_CONVERT || condition->type->kind != C_TYPE_BOOL)
        return condition;
      condition = condition->a;
    }
}

static gboolean
is_comparison (const CExpression *condition)
{
  return condition->kind == C_EXPRESSION_BINARY && condition->opcode >= IR_EQ
         && condition->opcode <= IR_GE;
}

/* A value that is not zero. */
static void
branch_on_value (CLower *lower, const CExpression *condition, CTarget *yes, CTarget *no)
{
  IrOperand value = c_lower_value (lower, condition);

  c_lower_span (lower, condition->span);
  ir_build_branch (&lower->builder, value, c_target_get (lower, yes), c_target_get (lower, no));
}

static void
branch_on_comparison (CLower *lower, const CExpression *condition, CTarget *yes, CTarget *no)
{
  IrPlace result = c_lower_new_register (lower, c_lower_type (lower, condition->type));

  c_lower_into (lower, condition, result);
  ir_build_branch (&lower->builder, ir_operand_move (result), c_target_get (lower, yes),
                   c_target_get (lower, no));
}

/* The block at hand ends with a jump to one of the targets. */
void
c_lower_condition (CLower *lower, const CExpression *condition, CTarget *yes, CTarget *no)
{
  gboolean is_negated = FALSE;
  CTarget second = { 0 };

  condition = strip_truth (condition, &is_negated);
  if (is_negated)
    {
      CTarget *swapped = yes;

      yes = no;
      no = swapped;
    }
  switch (condition->kind)
    {
    case C_EXPRESSION_AND:
    case C_EXPRESSION_OR:
      if (condition->kind == C_EXPRESSION_AND)
        c_lower_condition (lower, condition->a, &second, no);
      else
        c_lower_condition (lower, condition->a, yes, &second);
      if (!second.is_made)
        break;
      lower->builder.block = second.id;
      c_lower_condition (lower, condition->b, yes, no);
      break;
    case C_EXPRESSION_COMMA:
      c_lower_effect (lower, condition->a);
      c_lower_condition (lower, condition->b, yes, no);
      break;
    case C_EXPRESSION_CONSTANT:
      c_lower_span (lower, condition->span);
      if (c_type_is_floating (condition->type) ? condition->number != 0 : condition->bits != 0)
        c_lower_jump (lower, yes);
      else
        c_lower_jump (lower, no);
      break;
    default:
      if (is_comparison (condition))
        branch_on_comparison (lower, condition, yes, no);
      else
        branch_on_value (lower, condition, yes, no);
      break;
    }
}
