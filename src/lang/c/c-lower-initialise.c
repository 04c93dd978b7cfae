/* SPDX-License-Identifier: GPL-3.0-or-later */

/* First values of locals (C11 6.7.9). An aggregate of which a part is not named is first made all zero, by moving the constant 0
 * of its type into it; then each item is stored. */

#include "c-lower.h"

#include <string.h>

/* Texts that are shorter are stored byte by byte where they do not fill their array. */
#define MAX_STORED_BYTES 32

/* Begins a new incarnation where pointers to the old one must dangle, or its old bytes must not be seen. */
void
c_lower_begin_life (CLower *lower, CSymbol *symbol)
{
  IrSlotId slot = symbol->ir;
  gboolean is_closed = ir_function_get_slot (lower->builder.function, slot)->is_address_taken;

  if (!is_closed
      && (symbol->has_initialiser || (!symbol->is_in_block && !lower->function->has_labels)))
    return;
  ir_build_live (&lower->builder, slot);
  if (is_closed)
    g_array_append_val (lower->live, slot);
}

static guint64
count_scalars (const CType *type)
{
  guint64 n = 0;

  if (type->kind == C_TYPE_ARRAY)
    return type->count * count_scalars (type->element);
  if (!c_type_is_record (type))
    return 1;
  for (guint i = 0; i < type->record->n_fields; i++)
    n += count_scalars (type->record->fields[i].type);
  return n;
}

/* Whether the items name every scalar of the object, each once and in order. */
static gboolean
are_complete (const CSymbol *symbol)
{
  guint64 n = 0, least = 0;

  for (const CItem *item = symbol->items; item != NULL; item = item->next)
    {
      if (item->offset < least || item->value->kind == C_EXPRESSION_STRING)
        return FALSE;
      least = item->offset + c_type_get_size (item->target->type);
      n += count_scalars (item->target->type);
    }
  return symbol->type->kind != C_TYPE_UNION && n == count_scalars (symbol->type);
}

/* A text into an array of characters that is zero already, or exactly as long. */
static void
store_text (CLower *lower, const CItem *item, IrPlace place)
{
  CType *type = item->target->type, *element = type->element;
  const char *bytes = item->value->string.bytes;
  guint64 n = MIN (item->value->string.n_bytes, type->count);

  c_lower_span (lower, item->value->span);
  if (n == type->count || n > MAX_STORED_BYTES)
    {
      g_autofree char *whole = g_malloc0 (type->count + 1);

      memcpy (whole, bytes, n);
      ir_build_move (&lower->builder, place,
                     ir_operand_copy (ir_place_global (
                         lower->program, c_lower_literal (lower, whole, type->count))));
      return;
    }
  for (guint64 i = 0; i < n; i++)
    {
      IrOperand index = ir_operand_const (c_lower_type (lower, lower->types->size), i);
      IrTypeId id = c_lower_type (lower, element);

      if (bytes[i] != '\0')
        ir_build_move (&lower->builder, ir_place_index (&lower->builder, place, index, id),
                       ir_operand_const (id, c_fold_to (element, (guchar)bytes[i])));
    }
}

static gboolean
is_zero (const CExpression *value)
{
  return value->kind == C_EXPRESSION_CONSTANT
         && (c_type_is_floating (value->type) ? value->number == 0 && 1 / value->number > 0
                                              : value->bits == 0);
}

static gboolean
is_whole_text (const CSymbol *symbol)
{
  const CItem *item = symbol->items;

  return item != NULL && item->next == NULL && item->value->kind == C_EXPRESSION_STRING
         && item->target->type->kind == C_TYPE_ARRAY && item->offset == 0
         && item->target->type == symbol->type
         && (item->value->string.n_bytes >= symbol->type->count
             || item->value->string.n_bytes > MAX_STORED_BYTES);
}

/* Later items win, so a place that is named twice is not skipped the second time. */
static gboolean
are_in_order (const CSymbol *symbol)
{
  guint64 least = 0;

  for (const CItem *item = symbol->items; item != NULL; item = item->next)
    {
      if (item->offset < least)
        return FALSE;
      least = item->offset + 1;
    }
  return TRUE;
}

void
c_lower_initialise (CLower *lower, CSymbol *symbol)
{
  IrPlace object = ir_place_slot (lower->builder.function, symbol->ir);
  gboolean is_zeroed = FALSE, is_ordered = are_in_order (symbol);

  if (c_type_is_aggregate (symbol->type) && !are_complete (symbol) && !is_whole_text (symbol))
    {
      is_zeroed = TRUE;
      c_lower_span (lower, symbol->span);
      ir_build_move (&lower->builder, object, ir_operand_const (object.type, 0));
    }
  for (const CItem *item = symbol->items; item != NULL; item = item->next)
    {
      guint mark = c_lower_mark (lower);
      IrPlace place;

      if (is_zeroed && is_ordered && is_zero (item->value))
        continue;
      place = c_lower_place (lower, item->target);
      if (item->target->type->kind == C_TYPE_ARRAY)
        store_text (lower, item, place);
      else
        c_lower_into (lower, item->value, place);
      c_lower_release (lower, mark);
    }
}
