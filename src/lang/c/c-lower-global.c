/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Objects that live as long as the program, and their first bytes (C11 6.7.9p10: all zero where nothing is said). */

#include "c-lower.h"

#include <string.h>

static gboolean
is_constant (const CType *type)
{
  while (type->kind == C_TYPE_ARRAY)
    type = type->element;
  return type->is_const && !type->is_volatile;
}

static void
add_global (CLower *lower, CSymbol *symbol)
{
  IrTypeId type = c_lower_type (lower, symbol->type);

  symbol->ir = ir_global_add (
      lower->program, symbol->name != NULL ? symbol->name->text : NULL, type,
      is_constant (symbol->type) ? IR_GLOBAL_CONSTANT : IR_GLOBAL_VARIABLE, symbol->span);
  symbol->is_lowered = TRUE;
  if (symbol->function != NULL)
    ir_program_get_global (lower->program, symbol->ir)->function = symbol->function->ir;
}

/* The pooled text of these bytes. */
IrGlobalId
c_lower_literal (CLower *lower, const char *bytes, gsize n_bytes)
{
  GBytes *key = g_bytes_new (bytes, n_bytes);
  gpointer found = g_hash_table_lookup (lower->literals, key);
  CType *type;
  IrGlobalId id;

  if (found != NULL)
    {
      g_bytes_unref (key);
      return GPOINTER_TO_UINT (found) - 1;
    }
  type = c_type_new_array (lower->types, lower->types->character, TRUE, n_bytes);
  id = ir_global_add (lower->program, NULL, c_lower_type (lower, type), IR_GLOBAL_LITERAL,
                      lower->builder.span);
  memcpy (ir_program_get_global (lower->program, id)->bytes, bytes, n_bytes);
  g_hash_table_insert (lower->literals, key, GUINT_TO_POINTER (id + 1));
  return id;
}

static void
write_number (guint8 *bytes, const CType *type, const CConstant *constant)
{
  guint64 bits = constant->bits;

  if (type->kind == C_TYPE_FLOAT)
    {
      float number = (float)constant->number;
      guint32 bits32;

      memcpy (&bits32, &number, sizeof bits32);
      bits = bits32;
    }
  else if (type->kind == C_TYPE_DOUBLE)
    memcpy (&bits, &constant->number, sizeof bits);
  for (guint64 i = 0; i < c_type_get_size (type); i++)
    bytes[i] = bits >> (8 * i);
}

static void
write_bits (guint8 *unit, const CField *field, const CConstant *constant)
{
  for (guint i = 0; i < field->n_bits; i++)
    {
      guint at = field->bit + i;

      unit[at / 8] = (unit[at / 8] & ~(1u << at % 8)) | (constant->bits >> i & 1) << at % 8;
    }
}

/* The address's global or function; FALSE, and reported, when nothing defines it. */
static gboolean
find_target (CLower *lower, const CConstant *constant, const CExpression *value, guint32 *id)
{
  CSymbol *symbol = (CSymbol *)constant->symbol;

  if (symbol == NULL)
    {
      *id = c_lower_literal (lower, constant->string->string.bytes,
                             constant->string->string.n_bytes);
      return TRUE;
    }
  if (symbol->kind == C_SYMBOL_FUNCTION)
    {
      if (!c_lower_check_callable (lower, symbol, value->span))
        return FALSE;
      *id = c_lower_function_id (lower, symbol);
      return TRUE;
    }
  *id = symbol->ir;
  return symbol->is_lowered;
}

static void
write_item (CLower *lower, IrGlobalId id, const CItem *item)
{
  IrGlobal *global = ir_program_get_global (lower->program, id);
  guint8 *bytes = global->bytes + item->offset;
  CType *type = item->target->type;
  CConstant constant;
  guint32 target;

  if (type->kind == C_TYPE_ARRAY)
    {
      memcpy (bytes, item->value->string.bytes,
              MIN (item->value->string.n_bytes, c_type_get_size (type)));
      return;
    }
  if (!c_evaluate (item->value, &constant))
    return;
  if (c_get_bit_field (item->target) != NULL)
    write_bits (bytes, c_get_bit_field (item->target), &constant);
  else if (constant.symbol == NULL && constant.string == NULL)
    write_number (bytes, type, &constant);
  else if (find_target (lower, &constant, item->value, &target))
    ir_global_relocate (lower->program, id, item->offset,
                        constant.symbol != NULL && constant.symbol->kind == C_SYMBOL_FUNCTION,
                        target, constant.bits);
}

/* All globals get their place before the first is filled: one may hold another's address. */
void
c_lower_globals (CLower *lower)
{
  GPtrArray *globals = lower->unit->globals;

  for (guint i = 0; i < globals->len; i++)
    add_global (lower, g_ptr_array_index (globals, i));
  for (guint i = 0; i < globals->len; i++)
    {
      CSymbol *symbol = g_ptr_array_index (globals, i);

      for (const CItem *item = symbol->items; item != NULL; item = item->next)
        {
          c_lower_span (lower, item->value->span);
          write_item (lower, symbol->ir, item);
        }
    }
}

/* A constant as an operand of the type. */
IrOperand
c_lower_constant (CLower *lower, const CConstant *constant, CType *type)
{
  IrTypeId id = c_lower_type (lower, type);

  if (constant->symbol != NULL && constant->symbol->kind == C_SYMBOL_FUNCTION)
    return ir_operand_function (id, c_lower_function_id (lower, (CSymbol *)constant->symbol));
  if (constant->symbol != NULL)
    return ir_operand_global (id, constant->symbol->ir, constant->bits);
  if (constant->string != NULL)
    return ir_operand_global (
        id,
        c_lower_literal (lower, constant->string->string.bytes, constant->string->string.n_bytes),
        constant->bits);
  if (c_type_is_floating (type))
    return ir_operand_double (id, constant->number);
  return ir_operand_const (id, constant->bits);
}
