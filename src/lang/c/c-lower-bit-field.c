/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bit-fields (C11 6.7.2.1): some bits of a unit, which is a field of the record's IR type. They are read and stored by arithmetic on
 * the whole unit in 64 bits, so that each bit keeps whether it was ever set. */

#include "c-lower.h"

/* The type of a field's bytes: a unit of _Bool bit-fields holds more than true and false. */
CType *
c_lower_unit_type (CLower *lower, const CField *field)
{
  return field->is_bit_field && field->type->kind == C_TYPE_BOOL
             ? &lower->types->basic[C_TYPE_UNSIGNED_CHAR]
             : field->type;
}

static IrTypeId
get_word_type (CLower *lower)
{
  return c_lower_type (lower, lower->types->size);
}

static IrPlace
new_word (CLower *lower)
{
  return c_lower_new_register (lower, get_word_type (lower));
}

static IrOperand
build_word_operation (CLower *lower, IrOpcode opcode, IrOperand a, guint64 b)
{
  gboolean is_shift = opcode == IR_SHL || opcode == IR_SHR;
  IrTypeId type = is_shift ? c_lower_type (lower, lower->types->integer) : get_word_type (lower);
  IrPlace dest = new_word (lower);

  ir_build_binary (&lower->builder, opcode, get_word_type (lower), dest, a,
                   ir_operand_const (type, b));
  return ir_operand_move (dest);
}

static IrOperand
read_unit (CLower *lower, IrPlace unit)
{
  IrPlace word = new_word (lower);

  ir_build_convert (&lower->builder, word, ir_operand_copy (unit));
  return ir_operand_move (word);
}

/* The bit-field's value, in a register of its declared type. The unit is used up. */
static IrOperand
read_bits (CLower *lower, const CExpression *member, IrPlace unit)
{
  const CField *field = c_get_bit_field (member);
  IrPlace value = c_lower_new_register (lower, c_lower_type (lower, member->type));
  IrPlace top, down;
  IrOperand word;
  CType *wide = c_type_is_signed (member->type) ? lower->types->long_integer : lower->types->size;

  c_lower_span (lower, member->span);
  word = build_word_operation (lower, IR_SHL, read_unit (lower, unit),
                               64 - field->bit - field->n_bits);
  top = c_lower_new_register (lower, c_lower_type (lower, wide));
  ir_build_convert (&lower->builder, top, word);
  down = c_lower_new_register (lower, c_lower_type (lower, wide));
  ir_build_binary (
      &lower->builder, IR_SHR, c_lower_type (lower, wide), down, ir_operand_move (top),
      ir_operand_const (c_lower_type (lower, lower->types->integer), 64 - field->n_bits));
  ir_build_convert (&lower->builder, value, ir_operand_move (down));
  return ir_operand_move (value);
}

/* The bits of value, of the declared type, into a unit that can be used more than once. */
static void
store_bits (CLower *lower, const CExpression *member, IrPlace unit, IrOperand value)
{
  const CField *field = c_get_bit_field (member);
  guint64 mask = (G_MAXUINT64 >> (64 - field->n_bits)) << field->bit;
  IrPlace word = new_word (lower), both = new_word (lower);
  IrOperand others, own;

  c_lower_span (lower, member->span);
  ir_build_convert (&lower->builder, word, value);
  own = build_word_operation (lower, IR_SHL, ir_operand_move (word), field->bit);
  own = build_word_operation (lower, IR_AND, own, mask);
  others = build_word_operation (lower, IR_AND, read_unit (lower, unit), ~mask);
  ir_build_binary (&lower->builder, IR_OR, get_word_type (lower), both, others, own);
  ir_build_convert (&lower->builder, unit, ir_operand_move (both));
}

IrOperand
c_lower_bit_field (CLower *lower, const CExpression *member)
{
  return read_bits (lower, member, c_lower_place (lower, member));
}

/* The first value of a bit-field in an object. */
void
c_lower_bit_field_item (CLower *lower, const CItem *item)
{
  IrOperand value = c_lower_value (lower, item->value);

  store_bits (lower, item->target, c_lower_lasting_place (lower, item->target), value);
}

/* a = b; value: NULL when it is not used */
void
c_lower_bit_field_assign (CLower *lower, const CExpression *assign, IrOperand *value)
{
  IrOperand b = c_lower_hold (lower, c_lower_value (lower, assign->b), assign->b);
  IrPlace unit = c_lower_lasting_place (lower, assign->a);

  store_bits (lower, assign->a, unit, b);
  if (value != NULL)
    *value = read_bits (lower, assign->a, unit);
}

/* a opcode= b, ++a, a++ …; b: the right operand, value: NULL when it is not used */
void
c_lower_bit_field_update (CLower *lower, const CExpression *update, IrOperand b, IrOperand *value)
{
  IrTypeId computed = c_lower_type (lower, update->computed);
  IrPlace unit = c_lower_lasting_place (lower, update->a);
  IrPlace before = c_lower_new_register (lower, computed);
  IrPlace after = c_lower_new_register (lower, computed);
  IrPlace narrow = c_lower_new_register (lower, c_lower_type (lower, update->a->type));
  gboolean is_old_wanted = update->is_postfix && value != NULL;

  if (is_old_wanted)
    *value = read_bits (lower, update->a, unit);
  ir_build_convert (&lower->builder, before, read_bits (lower, update->a, unit));
  c_lower_span (lower, update->span);
  ir_build_binary (&lower->builder, update->opcode, computed, after, ir_operand_move (before), b);
  ir_build_convert (&lower->builder, narrow, ir_operand_move (after));
  store_bits (lower, update->a, unit, ir_operand_move (narrow));
  if (value != NULL && !is_old_wanted)
    *value = read_bits (lower, update->a, unit);
}
