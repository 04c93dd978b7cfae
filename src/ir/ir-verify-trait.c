/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The two kinds of programs: a generic one may have types whose layout is not known yet, and what is said of those is not checked before
 * ir_instantiate() has made a final program, which may have none of it. */

#include "ir-verify.h"

/* Whether a type has no layout before it is instantiated. */
gboolean
ir_verify_is_open (const IrProgram *program, IrTypeId id)
{
  const IrType *type = ir_program_get_type (program, id);

  if (!program->is_generic)
    return FALSE;
  switch (type->kind)
    {
    case IR_TYPE_PARAMETER:
    case IR_TYPE_APPLY:
    case IR_TYPE_ASSOCIATED:
      return TRUE;
    case IR_TYPE_ARRAY:
    case IR_TYPE_SLICE:
      return ir_verify_is_open (program, type->element);
    case IR_TYPE_POINTER:
      /* What it points to may turn out to have no size. */
      return ir_program_get_type (program, type->element)->kind == IR_TYPE_PARAMETER
             || ir_program_get_type (program, type->element)->kind == IR_TYPE_ASSOCIATED;
    default:
      return type->is_open;
    }
}

static gboolean
check_arguments (IrVerifier *self, const IrType *type)
{
  const IrProgram *program = self->program;

  if (type->kind == IR_TYPE_APPLY)
    return type->arguments->len == ir_program_get_type (program, type->element)->n_parameters
           || ir_verify_complain (self, TEXT_IR_ARGUMENTS, type->arguments->len);
  if (type->trait >= program->traits->len)
    return ir_verify_complain (self, TEXT_IR_NO_TRAIT, type->trait);
  if (type->kind != IR_TYPE_ASSOCIATED)
    return TRUE;
  if (type->count >= ir_program_get_trait (program, type->trait)->associated->len)
    return ir_verify_complain (self, TEXT_IR_NO_ASSOCIATED, type->count);
  return type->arguments->len == 1 + ir_program_get_trait (program, type->trait)->n_parameters
         || ir_verify_complain (self, TEXT_IR_ARGUMENTS, type->arguments->len);
}

static gboolean
check_generic_type (IrVerifier *self, IrTypeId id)
{
  const IrType *type = ir_program_get_type (self->program, id);
  gboolean is_generic = type->kind == IR_TYPE_PARAMETER || type->kind == IR_TYPE_APPLY
                        || type->kind == IR_TYPE_ASSOCIATED;

  g_snprintf (self->what, sizeof self->what, "t%u", id);
  if (!self->program->is_generic)
    return (!is_generic && !type->is_open && type->n_parameters == 0)
           || ir_verify_complain (self, TEXT_IR_GENERIC_LEFT, 0);
  if (type->kind == IR_TYPE_APPLY && type->element >= self->program->types->len)
    return ir_verify_complain (self, TEXT_IR_NO_TYPE, type->element);
  if (type->kind == IR_TYPE_APPLY || type->kind == IR_TYPE_ASSOCIATED || type->kind == IR_TYPE_DYN)
    return check_arguments (self, type);
  return TRUE;
}

static gboolean
check_types_of (IrVerifier *self, const GArray *types)
{
  for (guint i = 0; i < types->len; i++)
    if (g_array_index (types, IrTypeId, i) >= self->program->types->len)
      return ir_verify_complain (self, TEXT_IR_NO_TYPE, g_array_index (types, IrTypeId, i));
  return TRUE;
}

static gboolean
check_trait (IrVerifier *self, const IrTrait *trait)
{
  for (guint i = 0; i < trait->methods->len; i++)
    {
      IrTypeId type = g_array_index (trait->methods, IrMethod, i).type;

      if (type >= self->program->types->len)
        return ir_verify_complain (self, TEXT_IR_NO_TYPE, type);
      if (ir_program_get_type (self->program, type)->kind != IR_TYPE_FUNCTION)
        return ir_verify_complain (self, TEXT_IR_NOT_FUNCTION_TYPE, 0);
    }
  return TRUE;
}

static gboolean
check_impl_functions (IrVerifier *self, const IrImpl *impl, const IrTrait *trait)
{
  for (guint i = 0; i < impl->functions->len; i++)
    {
      IrFunctionId id = g_array_index (impl->functions, IrFunctionId, i);
      const IrMethod *method = &g_array_index (trait->methods, IrMethod, i);

      if (id >= self->program->functions->len)
        return ir_verify_complain (self, TEXT_IR_NO_FUNCTION, id);
      if (ir_program_get_function (self->program, id)->n_parameters
          != impl->n_parameters + method->n_parameters)
        return ir_verify_complain (self, TEXT_IR_ARGUMENTS, impl->n_parameters);
    }
  return TRUE;
}

/* An impl has a function for each method and a type for each name. */
static gboolean
check_impl (IrVerifier *self, const IrImpl *impl)
{
  const IrTrait *trait;

  if (impl->trait >= self->program->traits->len)
    return ir_verify_complain (self, TEXT_IR_NO_TRAIT, impl->trait);
  trait = ir_program_get_trait (self->program, impl->trait);
  if (impl->arguments->len != 1 + trait->n_parameters)
    return ir_verify_complain (self, TEXT_IR_ARGUMENTS, impl->arguments->len);
  if (impl->functions->len != trait->methods->len
      || impl->associated->len != trait->associated->len)
    return ir_verify_complain (self, TEXT_IR_IMPL_INCOMPLETE, impl->trait);
  for (guint i = 0; i < impl->bounds->len; i++)
    {
      const IrBound *bound = g_ptr_array_index (impl->bounds, i);

      if (bound->trait >= self->program->traits->len)
        return ir_verify_complain (self, TEXT_IR_NO_TRAIT, bound->trait);
      if (!check_types_of (self, bound->arguments))
        return FALSE;
    }
  return check_types_of (self, impl->arguments) && check_types_of (self, impl->associated)
         && check_impl_functions (self, impl, trait);
}

/* What a final program must not have, and what of it in a generic one can be checked. */
gboolean
ir_verify_traits (IrVerifier *self)
{
  const IrProgram *program = self->program;

  for (guint i = 0; i < program->types->len; i++)
    if (!check_generic_type (self, i))
      return FALSE;
  for (guint i = 0; i < program->functions->len; i++)
    {
      g_snprintf (self->what, sizeof self->what, "f%u", i);
      if (!program->is_generic && ir_program_get_function (program, i)->n_parameters > 0)
        return ir_verify_complain (self, TEXT_IR_GENERIC_LEFT, 0);
    }
  for (guint i = 0; i < program->traits->len; i++)
    {
      g_snprintf (self->what, sizeof self->what, "x%u", i);
      if (!check_trait (self, ir_program_get_trait (program, i)))
        return FALSE;
    }
  for (guint i = 0; i < program->impls->len; i++)
    {
      g_snprintf (self->what, sizeof self->what, "impl %u", i);
      if (!check_impl (self, g_ptr_array_index (program->impls, i)))
        return FALSE;
    }
  return TRUE;
}
