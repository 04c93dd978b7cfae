/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads traits and impls of generic programs:
 *
 *     trait x0 "Shape" { "area" t5, "map" t6 parameters 1: "Unit" }
 *     impl x0 <t3> parameters 1 where x1 <t4> { f2, f4: t7 }
 */

#include "ir-read.h"

static gboolean
read_parameters (IrReader *self, guint *n)
{
  guint32 number = 0;

  if (ir_read_try (self, "parameters") && !ir_read_unsigned_32 (self, &number))
    return FALSE;
  *n = number;
  return TRUE;
}

static gboolean
read_method (IrReader *self, IrTraitId trait)
{
  g_autofree char *name = NULL;
  IrTypeId type;
  guint n;

  if (!ir_read_string (self, &name) || !ir_read_id (self, 't', &type)
      || !read_parameters (self, &n))
    return FALSE;
  ir_trait_add_method (self->program, trait, name, type, n);
  return TRUE;
}

static gboolean
read_associated_names (IrReader *self, IrTraitId trait)
{
  do
    {
      g_autofree char *name = NULL;

      if (!ir_read_string (self, &name))
        return FALSE;
      ir_trait_add_associated (self->program, trait, name);
    }
  while (ir_read_try (self, ","));
  return ir_read_sign (self, "}");
}

gboolean
ir_read_trait (IrReader *self)
{
  g_autofree char *name = NULL;
  IrTraitId id;
  guint n;

  if (!ir_read_order (self, 'x', self->program->traits->len) || !ir_read_string (self, &name)
      || !read_parameters (self, &n))
    return FALSE;
  id = ir_trait_add (self->program, name, n);
  ir_program_get_trait (self->program, id)->is_drop = ir_read_try (self, "drop");
  if (!ir_read_sign (self, "{"))
    return FALSE;
  for (gboolean is_first = TRUE; !ir_read_try (self, "}"); is_first = FALSE)
    {
      if (ir_read_try (self, ":"))
        return read_associated_names (self, id);
      if ((!is_first && !ir_read_sign (self, ",")) || !read_method (self, id))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_bound (IrReader *self, IrImpl *impl)
{
  g_autoptr (GArray) arguments = g_array_new (FALSE, FALSE, sizeof (IrTypeId));
  IrTraitId trait;

  if (!ir_read_id (self, 'x', &trait) || !ir_read_types (self, arguments))
    return FALSE;
  ir_impl_add_bound (impl, trait, (const IrTypeId *)(gpointer)arguments->data, arguments->len);
  return TRUE;
}

static gboolean
read_associated_types (IrReader *self, IrImpl *impl)
{
  do
    {
      IrTypeId id;

      if (!ir_read_id (self, 't', &id))
        return FALSE;
      g_array_append_val (impl->associated, id);
    }
  while (ir_read_try (self, ","));
  return ir_read_sign (self, "}");
}

gboolean
ir_read_impl (IrReader *self)
{
  g_autoptr (GArray) arguments = g_array_new (FALSE, FALSE, sizeof (IrTypeId));
  IrTraitId trait;
  IrImpl *impl;
  guint n;

  if (!ir_read_id (self, 'x', &trait) || !ir_read_types (self, arguments)
      || !read_parameters (self, &n))
    return FALSE;
  impl = ir_impl_add (self->program, trait, n, (const IrTypeId *)(gpointer)arguments->data,
                      arguments->len);
  while (ir_read_try (self, "where"))
    if (!read_bound (self, impl))
      return FALSE;
  if (!ir_read_sign (self, "{"))
    return FALSE;
  for (gboolean is_first = TRUE; !ir_read_try (self, "}"); is_first = FALSE)
    {
      IrFunctionId function;

      if (ir_read_try (self, ":"))
        return read_associated_types (self, impl);
      if ((!is_first && !ir_read_sign (self, ",")) || !ir_read_id (self, 'f', &function))
        return FALSE;
      g_array_append_val (impl->functions, function);
    }
  return TRUE;
}
