/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which impl of a trait a type has: the patterns of its head must fit and its conditions hold (Rust Reference, "Implementations"). Coherence,
 * which the front end checks, leaves one at most. */

#include "ir-instantiate.h"

#include <string.h>

#define UNBOUND G_MAXUINT32

static gboolean match (IrInstantiation *self, IrTypeId pattern, IrTypeId to, GArray *bound);

static gboolean
match_parameter (guint number, IrTypeId to, GArray *bound)
{
  IrTypeId *slot;

  if (number >= bound->len)
    return FALSE;
  slot = &g_array_index (bound, IrTypeId, number);
  if (*slot == UNBOUND)
    *slot = to;
  return *slot == to;
}

static gboolean
match_applied (IrInstantiation *self, const IrType *pattern, IrTypeId to, GArray *bound)
{
  IrTypeId from = ir_instantiation_get_origin (self, to)->from;
  const GArray *arguments = ir_instantiation_get_origin (self, to)->arguments;

  if (from != pattern->element || arguments == NULL || arguments->len != pattern->arguments->len)
    return FALSE;
  for (guint i = 0; i < pattern->arguments->len; i++)
    if (!match (self, g_array_index (pattern->arguments, IrTypeId, i),
                g_array_index (arguments, IrTypeId, i), bound))
      return FALSE;
  return TRUE;
}

/* Only what tells two types of one kind apart; spans and spellings of pointers differ from place to place. */
static gboolean
is_same_scalar (const IrType *pattern, const IrType *type)
{
  return pattern->size == type->size && pattern->is_signed == type->is_signed
         && pattern->is_char == type->is_char && strcmp (pattern->name, type->name) == 0;
}

static gboolean
match_function (IrInstantiation *self, const IrType *pattern, const IrType *type, GArray *bound)
{
  if (pattern->fields->len != type->fields->len)
    return FALSE;
  for (guint i = 0; i < type->fields->len; i++)
    if (!match (self, g_array_index (pattern->fields, IrField, i).type,
                g_array_index (type->fields, IrField, i).type, bound))
      return FALSE;
  return match (self, pattern->element, type->element, bound);
}

static gboolean
match_kind (IrInstantiation *self, IrTypeId pattern_id, const IrType *type, IrTypeId to,
            GArray *bound)
{
  const IrType *pattern = ir_program_get_type (self->from, pattern_id);

  switch (pattern->kind)
    {
    case IR_TYPE_BOOL:
    case IR_TYPE_INT:
    case IR_TYPE_FLOAT:
      return is_same_scalar (pattern, type);
    case IR_TYPE_POINTER:
      return pattern->is_const == type->is_const && pattern->is_nonnull == type->is_nonnull
             && match (self, pattern->element, type->element, bound);
    case IR_TYPE_ARRAY:
      return pattern->count == type->count && match (self, pattern->element, type->element, bound);
    case IR_TYPE_SLICE:
      return match (self, pattern->element, type->element, bound);
    case IR_TYPE_DYN:
      return pattern->trait == type->trait && strcmp (pattern->name, type->name) == 0;
    case IR_TYPE_FUNCTION:
      return match_function (self, pattern, type, bound);
    case IR_TYPE_STRUCT:
    case IR_TYPE_UNION:
    case IR_TYPE_VARIANT:
    case IR_TYPE_ENUM:
      return ir_instantiation_get_origin (self, to)->from == pattern_id;
    case IR_TYPE_VOID:
      return TRUE;
    case IR_TYPE_PARAMETER:
    case IR_TYPE_APPLY:
    case IR_TYPE_ASSOCIATED:
      break;
    }
  g_assert_not_reached ();
}

/* Whether the pattern fits the final type; what its parameters stand for goes into bound. */
static gboolean
match (IrInstantiation *self, IrTypeId pattern_id, IrTypeId to, GArray *bound)
{
  const IrType *pattern = ir_program_get_type (self->from, pattern_id);
  const IrType *type = ir_program_get_type (self->to, to);

  if (pattern->kind == IR_TYPE_PARAMETER)
    return match_parameter (pattern->count, to, bound);
  if (pattern->kind == IR_TYPE_APPLY)
    return match_applied (self, pattern, to, bound);
  /* What a name of a trait stands for cannot be guessed from its value. */
  if (pattern->kind == IR_TYPE_ASSOCIATED)
    return ir_substitute (self, pattern_id, bound) == to;
  return pattern->kind == type->kind && match_kind (self, pattern_id, type, to, bound);
}

static gboolean
holds (IrInstantiation *self, const IrBound *condition, const GArray *bound)
{
  g_autoptr (GArray) arguments
      = ir_substitute_list (self, (const IrTypeId *)(gpointer)condition->arguments->data,
                            condition->arguments->len, bound);
  g_autoptr (GArray) inner = NULL;

  return !self->failed
         && ir_find_impl (self, condition->trait, (const IrTypeId *)(gpointer)arguments->data,
                          arguments->len, FALSE, &inner)
                != NULL;
}

static gboolean
fits (IrInstantiation *self, const IrImpl *impl, const IrTypeId *arguments, guint n, GArray *bound)
{
  for (guint i = 0; i < bound->len; i++)
    g_array_index (bound, IrTypeId, i) = UNBOUND;
  for (guint i = 0; i < n; i++)
    if (!match (self, g_array_index (impl->arguments, IrTypeId, i), arguments[i], bound))
      return FALSE;
  for (guint i = 0; i < bound->len; i++)
    if (g_array_index (bound, IrTypeId, i) == UNBOUND)
      return FALSE;
  for (guint i = 0; i < impl->bounds->len; i++)
    if (!holds (self, g_ptr_array_index (impl->bounds, i), bound))
      return FALSE;
  return TRUE;
}

/* The impl of the trait for final types (Self, then the trait's arguments), and what its parameters stand for. NULL when there is none, which is
 * a failure if one must exist. bound: (transfer full) */
const IrImpl *
ir_find_impl (IrInstantiation *self, IrTraitId trait, const IrTypeId *arguments, guint n,
              gboolean must_exist, GArray **bound)
{
  const IrImpl *found = NULL;

  if (self->depth >= IR_MAX_TYPE_DEPTH)
    {
      ir_instantiation_complain (self, TEXT_IR_DEEP_TYPES, IR_MAX_TYPE_DEPTH);
      return NULL;
    }
  self->depth++;
  for (guint i = 0; i < self->from->impls->len && !self->failed; i++)
    {
      const IrImpl *impl = g_ptr_array_index (self->from->impls, i);
      g_autoptr (GArray) candidate = NULL;

      if (impl->trait != trait || impl->arguments->len != n)
        continue;
      candidate = g_array_new (FALSE, TRUE, sizeof (IrTypeId));
      g_array_set_size (candidate, impl->n_parameters);
      if (!fits (self, impl, arguments, n, candidate))
        continue;
      if (found != NULL)
        ir_instantiation_complain (self, TEXT_IR_SEVERAL_IMPLS, trait);
      found = impl;
      g_clear_pointer (bound, g_array_unref);
      *bound = g_steal_pointer (&candidate);
    }
  self->depth--;
  if (found == NULL && must_exist && !self->failed)
    ir_instantiation_complain (self, TEXT_IR_NO_IMPL, trait);
  return self->failed ? NULL : found;
}
