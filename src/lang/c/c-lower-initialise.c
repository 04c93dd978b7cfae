/* SPDX-License-Identifier: GPL-3.0-or-later */

/* First values of locals (C11 6.7.9). An aggregate of which a part is not named is first made all zero; then each item
 * is stored. */

#include "c-lower.h"

#include "ir/ir-leaf.h"

#include <string.h>

/* An aggregate of more scalars is made zero at once. */
#define MAX_STORED_SCALARS 16

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

/* The number of scalars in the type; a union counts as too many, since one store cannot make all of it zero. */
static guint64
count_scalars (const CType *type)
{
  guint64 n = 0;

  if (type->kind == C_TYPE_ARRAY)
    return type->count * count_scalars (type->element);
  if (!c_type_is_record (type))
    return 1;
  if (type->kind == C_TYPE_UNION)
    return C_MAX_OBJECT_BYTES;
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
  return n == count_scalars (symbol->type);
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

/* Stores a zero in each scalar of the place. */
static void
store_zeros (CLower *lower, IrPlace place, CType *type)
{
  if (c_type_is_record (type))
    for (guint i = 0; i < type->record->n_fields; i++)
      store_zeros (lower, ir_place_field (&lower->builder, place, i),
                   c_lower_unit_type (lower, &type->record->fields[i]));
  else if (type->kind == C_TYPE_ARRAY)
    for (guint64 i = 0; i < type->count; i++)
      {
        IrOperand index = ir_operand_const (c_lower_type (lower, lower->types->size), i);

        store_zeros (
            lower,
            ir_place_index (&lower->builder, place, index, c_lower_type (lower, type->element)),
            type->element);
      }
  else
    ir_build_move (&lower->builder, place, c_lower_zero (lower, type));
}

/* Makes an object all zero: a small one by stores, a large one by the library's memset. */
static void
zero_object (CLower *lower, CSymbol *symbol, IrPlace object)
{
  IrTypeId pointer = c_lower_type (lower, c_type_new_pointer (lower->types, lower->types->nothing));
  IrOperand operands[3];
  IrPlace address;

  c_lower_span (lower, symbol->span);
  if (count_scalars (symbol->type) <= MAX_STORED_SCALARS)
    {
      store_zeros (lower, object, symbol->type);
      return;
    }
  address = c_lower_new_register (lower, pointer);
  ir_build_address (&lower->builder, address, object);
  operands[0] = ir_operand_move (address);
  operands[1] = c_lower_zero (lower, lower->types->integer);
  operands[2]
      = ir_operand_const (c_lower_type (lower, lower->types->size), c_type_get_size (symbol->type));
  ir_build_leaf (&lower->builder, ir_place_none (), IR_LEAF_C_MEMSET, 0, operands, 3);
}

/* Whether the object's first value needs memset, and so its address. */
gboolean
c_lower_needs_memset (const CSymbol *symbol)
{
  return symbol->has_initialiser && !symbol->is_global && c_type_is_aggregate (symbol->type)
         && !are_complete (symbol) && !is_whole_text (symbol)
         && count_scalars (symbol->type) > MAX_STORED_SCALARS;
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
      zero_object (lower, symbol, object);
    }
  for (const CItem *item = symbol->items; item != NULL; item = item->next)
    {
      IrPlace place;

      if (is_zeroed && is_ordered && is_zero (item->value))
        continue;
      if (c_get_bit_field (item->target) != NULL)
        {
          c_lower_bit_field_item (lower, item);
          continue;
        }
      place = c_lower_place (lower, item->target);
      if (item->target->type->kind == C_TYPE_ARRAY)
        store_text (lower, item, place);
      else
        c_lower_into (lower, item->value, place);
    }
}
