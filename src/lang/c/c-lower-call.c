/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calls: of the program's functions, through pointers, and of the library's leaves. Arguments are evaluated from left to right. */

#include "c-lower.h"

#include "ir/ir-leaf.h"

#include <string.h>

/* An argument that a later one may change, or whose reading may be a fault, is read by an instruction of its own. */
static IrOperand
lower_argument (CLower *lower, const CExpression *argument, gboolean has_effects_behind)
{
  IrOperand value = c_lower_value (lower, argument);

  if (has_effects_behind
      || (value.kind == IR_OPERAND_COPY && c_place_may_fault (&value.place)
          && !c_type_is_record (argument->type)))
    return c_lower_hold (lower, value, argument);
  return value;
}

/* The operands of the arguments from first on. (transfer container) */
static GArray *
lower_arguments (CLower *lower, const CExpression *call)
{
  GArray *operands = g_array_new (FALSE, FALSE, sizeof (IrOperand));
  guint n_last_effect = 0;

  for (guint i = 0; i < call->arguments.n; i++)
    if (call->arguments.list[i]->has_effects)
      n_last_effect = i;
  for (guint i = 0; i < call->arguments.n; i++)
    {
      IrOperand operand = lower_argument (lower, call->arguments.list[i], i < n_last_effect);

      operand.span = call->arguments.list[i]->span;
      g_array_append_val (operands, operand);
    }
  return operands;
}

/* A leaf takes a stream as a number. */
static void
convert_streams (CLower *lower, IrLeafId leaf, GArray *operands)
{
  const char *letters = ir_leaf_infos[leaf].operands;
  IrTypeId number = c_lower_type (lower, lower->types->long_integer);

  for (guint i = 0; i < operands->len && letters[i] != '\0' && letters[i] != '.'; i++)
    {
      IrOperand *operand = &g_array_index (operands, IrOperand, i);
      IrPlace converted;

      if (letters[i] != 'i'
          || ir_program_get_scalar (lower->program, operand->type) != IR_SCALAR_POINTER)
        continue;
      if (operand->kind == IR_OPERAND_CONST)
        {
          operand->type = number;
          continue;
        }
      converted = c_lower_new_register (lower, number);
      ir_build_convert (&lower->builder, converted, *operand);
      *operand = ir_operand_move (converted);
    }
}

static void
lower_leaf (CLower *lower, const CExpression *call, IrLeafId leaf, IrPlace dest, CType *hint)
{
  g_autoptr (GArray) operands = lower_arguments (lower, call);
  IrTypeId hint_id = 0;

  c_lower_span (lower, call->span);
  convert_streams (lower, leaf, operands);
  if (hint != NULL && hint->kind != C_TYPE_VOID && c_type_is_complete (hint))
    hint_id = c_lower_type (lower, hint);
  ir_build_leaf (&lower->builder, dest, leaf, hint_id, (const IrOperand *)operands->data,
                 operands->len);
}

/* dest: none when the result is not used; hint: what an allocated block is first seen as, or NULL */
void
c_lower_call (CLower *lower, const CExpression *call, IrPlace dest, CType *hint)
{
  const CExpression *callee = call->a;
  CSymbol *symbol = callee->kind == C_EXPRESSION_ADDRESS && callee->a->kind == C_EXPRESSION_FUNCTION
                        ? callee->a->symbol
                        : NULL;
  IrLeafId leaf = symbol != NULL ? c_lower_find_leaf (symbol) : IR_N_LEAVES;
  IrOperand pointer = { IR_OPERAND_NONE };

  if (symbol != NULL && !c_lower_check_callable (lower, symbol, call->span))
    return;
  if (leaf != IR_N_LEAVES)
    lower_leaf (lower, call, leaf, dest, hint);
  else
    {
      g_autoptr (GArray) operands = NULL;

      if (symbol == NULL)
        pointer = lower_argument (lower, callee, TRUE);
      operands = lower_arguments (lower, call);
      if (callee->type->element->is_variadic)
        c_lower_further_arguments (lower, call, operands);
      c_lower_span (lower, call->span);
      if (symbol != NULL)
        ir_build_call (&lower->builder, dest, c_lower_function_id (lower, symbol),
                       (const IrOperand *)operands->data, operands->len);
      else
        ir_build_call_pointer (&lower->builder, dest, c_lower_type (lower, callee->type->element),
                               pointer, (const IrOperand *)operands->data, operands->len);
    }
}
