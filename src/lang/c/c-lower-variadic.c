/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Arguments for `...` (C11 6.5.2.2p6, 7.16). The caller puts those behind the last parameter into a row of words in a hidden slot of
 * its frame, and passes the row's address as one more parameter, which has no name in the program. stdarg.h walks along the row: its
 * va_list is a pointer to the next word. So what va_arg does is an access like any other, and one behind the last
 * argument is out of bounds. */

#include "c-lower.h"

/* char *, as stdarg.h has it */
CType *
c_lower_row_type (CLower *lower)
{
  return c_type_new_pointer (lower->types, lower->types->character);
}

static void
store_argument (CLower *lower, IrPlace row, guint64 index, IrOperand operand)
{
  IrTypeId word = c_lower_type (lower, lower->types->long_integer);
  IrTypeId pointer = c_lower_type (lower, c_lower_row_type (lower));
  IrPlace address = c_lower_new_register (lower, pointer);
  IrPlace at
      = ir_place_index (&lower->builder, row,
                        ir_operand_const (c_lower_type (lower, lower->types->size), index), word);

  operand.span = TEXT_NO_SPAN;
  ir_build_address (&lower->builder, address, at);
  ir_build_move (&lower->builder, ir_place_deref (&lower->builder, address, operand.type), operand);
}

/* Puts the operands behind the callee's parameters into a row, whose address takes their place. */
void
c_lower_further_arguments (CLower *lower, const CExpression *call, GArray *operands)
{
  const CType *callee = call->a->type->element;
  guint first = callee->n_parameters, n = operands->len - first;
  CType *type = c_type_new_array (lower->types, lower->types->long_integer, TRUE, n);
  IrOperand pointer = c_lower_zero (lower, c_lower_row_type (lower));
  IrPlace row, address;

  for (guint i = first; i < operands->len; i++)
    if (c_type_is_record (call->arguments.list[i]->type))
      {
        c_report_unsupported (lower->context, call->arguments.list[i]->span,
                              "a struct as an argument for `...`");
        return;
      }
  c_lower_span (lower, call->span);
  if (n > 0)
    {
      row = c_lower_new_slot (lower, c_lower_type (lower, type));
      ir_function_get_slot (lower->builder.function, row.id)->is_address_taken = TRUE;
      ir_build_live (&lower->builder, row.id);
      for (guint i = 0; i < n; i++)
        store_argument (lower, row, i, g_array_index (operands, IrOperand, first + i));
      address = c_lower_new_register (lower, c_lower_type (lower, c_lower_row_type (lower)));
      ir_build_address (&lower->builder, address, row);
      pointer = ir_operand_move (address);
    }
  g_array_set_size (operands, first);
  g_array_append_val (operands, pointer);
}
