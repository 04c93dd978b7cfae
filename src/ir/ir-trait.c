/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What only generic programs have: types with parameters, traits and their impls. See ir-program.h. */

#include "ir-program.h"

static IrTypeId
add_type (IrProgram *program, IrTypeKind kind, const char *name, const IrTypeId *arguments,
          guint n_arguments)
{
  IrType *type = g_new0 (IrType, 1);

  type->kind = kind;
  type->name = g_strdup (name);
  type->align = 1;
  type->otherwise = IR_NO_VARIANT;
  if (kind != IR_TYPE_PARAMETER)
    {
      type->arguments = g_array_new (FALSE, FALSE, sizeof (IrTypeId));
      g_array_append_vals (type->arguments, arguments, n_arguments);
    }
  g_ptr_array_add (program->types, type);
  return program->types->len - 1;
}

/* What argument `number` stands for. */
IrTypeId
ir_type_add_parameter_type (IrProgram *program, const char *name, guint number)
{
  IrTypeId id = add_type (program, IR_TYPE_PARAMETER, name, NULL, 0);

  ir_program_get_type (program, id)->count = number;
  return id;
}

/* of: a template */
IrTypeId
ir_type_add_apply (IrProgram *program, const char *name, IrTypeId of, const IrTypeId *arguments,
                   guint n_arguments)
{
  IrTypeId id = add_type (program, IR_TYPE_APPLY, name, arguments, n_arguments);

  ir_program_get_type (program, id)->element = of;
  return id;
}

/* The type that the impl of the trait for the arguments (Self first) calls by the trait's nth name. */
IrTypeId
ir_type_add_associated (IrProgram *program, const char *name, IrTraitId trait, guint number,
                        const IrTypeId *arguments, guint n_arguments)
{
  IrTypeId id = add_type (program, IR_TYPE_ASSOCIATED, name, arguments, n_arguments);

  ir_program_get_type (program, id)->trait = trait;
  ir_program_get_type (program, id)->count = number;
  return id;
}

static void
clear_method (gpointer data)
{
  g_free (((IrMethod *)data)->name);
}

/* n_parameters: besides Self */
IrTraitId
ir_trait_add (IrProgram *program, const char *name, guint n_parameters)
{
  IrTrait *trait = g_new0 (IrTrait, 1);

  trait->name = g_strdup (name);
  trait->n_parameters = n_parameters;
  trait->methods = g_array_new (FALSE, TRUE, sizeof (IrMethod));
  g_array_set_clear_func (trait->methods, clear_method);
  trait->associated = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (program->traits, trait);
  return program->traits->len - 1;
}

void
ir_trait_add_method (IrProgram *program, IrTraitId id, const char *name, IrTypeId type,
                     guint n_parameters)
{
  IrMethod method = { g_strdup (name), type, n_parameters };

  g_array_append_val (ir_program_get_trait (program, id)->methods, method);
}

void
ir_trait_add_associated (IrProgram *program, IrTraitId id, const char *name)
{
  g_ptr_array_add (ir_program_get_trait (program, id)->associated, g_strdup (name));
}

static void
bound_free (gpointer data)
{
  IrBound *bound = data;

  g_array_unref (bound->arguments);
  g_free (bound);
}

/* Functions and associated types are appended to the lists of what is returned. (transfer none) */
IrImpl *
ir_impl_add (IrProgram *program, IrTraitId trait, guint n_parameters, const IrTypeId *arguments,
             guint n_arguments)
{
  IrImpl *impl = g_new0 (IrImpl, 1);

  impl->trait = trait;
  impl->n_parameters = n_parameters;
  impl->arguments = g_array_new (FALSE, FALSE, sizeof (IrTypeId));
  g_array_append_vals (impl->arguments, arguments, n_arguments);
  impl->bounds = g_ptr_array_new_with_free_func (bound_free);
  impl->functions = g_array_new (FALSE, FALSE, sizeof (IrFunctionId));
  impl->associated = g_array_new (FALSE, FALSE, sizeof (IrTypeId));
  g_ptr_array_add (program->impls, impl);
  return impl;
}

void
ir_impl_add_bound (IrImpl *impl, IrTraitId trait, const IrTypeId *arguments, guint n_arguments)
{
  IrBound *bound = g_new0 (IrBound, 1);

  bound->trait = trait;
  bound->arguments = g_array_new (FALSE, FALSE, sizeof (IrTypeId));
  g_array_append_vals (bound->arguments, arguments, n_arguments);
  g_ptr_array_add (impl->bounds, bound);
}

IrTrait *
ir_program_get_trait (const IrProgram *program, IrTraitId id)
{
  g_assert (id < program->traits->len);
  return g_ptr_array_index (program->traits, id);
}
