/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all of lowering uses, and its order. See c-lower.h. */

#include "c-lower.h"

void
c_lower_span (CLower *lower, TextSpan span)
{
  lower->builder.span = span;
}

IrPlace
c_lower_new_register (CLower *lower, IrTypeId type)
{
  IrRegId id = ir_build_register (&lower->builder, type);

  return ir_place_register (lower->builder.function, id);
}

/* A hidden slot for an aggregate on its way. */
IrPlace
c_lower_new_slot (CLower *lower, CType *type)
{
  IrSlotId id = ir_slot_add (lower->builder.function, NULL, c_lower_type (lower, type),
                             TEXT_NO_SPAN, TEXT_NO_SPAN);

  return ir_place_slot (lower->builder.function, id);
}

/* The registers noted from here on are this caller's to release. */
guint
c_lower_mark (const CLower *lower)
{
  return lower->kills->len;
}

void
c_lower_release (CLower *lower, guint mark)
{
  while (lower->kills->len > mark)
    {
      ir_build_kill (&lower->builder, g_array_index (lower->kills, IrRegId, lower->kills->len - 1));
      g_array_set_size (lower->kills, lower->kills->len - 1);
    }
}

IrBlockId
c_target_get (CLower *lower, CTarget *target)
{
  if (!target->is_made)
    target->id = ir_build_block (&lower->builder);
  target->is_made = TRUE;
  return target->id;
}

/* Goes on in the target; what stands before runs into it. */
void
c_target_place (CLower *lower, CTarget *target)
{
  if (!target->is_made)
    return;
  if (!ir_build_is_ended (&lower->builder))
    ir_build_jump (&lower->builder, target->id);
  lower->builder.block = target->id;
}

void
c_lower_jump (CLower *lower, CTarget *target)
{
  ir_build_jump (&lower->builder, c_target_get (lower, target));
}

gboolean
c_lower_is_ended (const CLower *lower)
{
  return ir_build_is_ended (&lower->builder);
}

/* Functions get their numbers first, since globals may hold their addresses; then globals, since functions name them. */
void
c_lower_unit (CLower *lower)
{
  c_lower_declare_functions (lower);
  c_lower_globals (lower);
  c_lower_functions (lower);
}
