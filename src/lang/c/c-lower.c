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

/* A hidden slot, for what is no register's: an aggregate on its way, or a scalar that is read more than once. It is this
 * statement's; the next one may use it again. */
IrPlace
c_lower_new_slot (CLower *lower, IrTypeId type)
{
  CScratch scratch = { type, 0, TRUE };

  for (guint i = 0; i < lower->scratches->len; i++)
    {
      CScratch *free_one = &g_array_index (lower->scratches, CScratch, i);

      if (free_one->is_used || free_one->type != type)
        continue;
      free_one->is_used = TRUE;
      return ir_place_slot (lower->builder.function, free_one->slot);
    }
  scratch.slot = ir_slot_add (lower->builder.function, NULL, type, TEXT_NO_SPAN, TEXT_NO_SPAN);
  g_array_append_val (lower->scratches, scratch);
  return ir_place_slot (lower->builder.function, scratch.slot);
}

/* At the end of a statement all hidden slots are free again. */
void
c_lower_free_slots (CLower *lower)
{
  for (guint i = 0; i < lower->scratches->len; i++)
    g_array_index (lower->scratches, CScratch, i).is_used = FALSE;
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
