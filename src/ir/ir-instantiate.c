/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes a final program of a generic one: from the entry and the roots on, each function with each list of arguments once, in the order in which
 * they are met ("monomorphisation"). Bodies wait in a queue, so that recursion among instances is no recursion here. */

#include "ir-instantiate.h"

/* ---- what is known ---- */

/* Says what went wrong in the function at hand, once. Always FALSE. */
gboolean
ir_instantiation_complain (IrInstantiation *self, TextMessageId message, guint64 number)
{
  if (!self->failed)
    text_diagnostics_take (
        self->diagnostics,
        text_diagnostic_new (TEXT_SEVERITY_ERROR, "ir", self->span,
                             text_message_new (message, "su", self->where, number)));
  self->failed = TRUE;
  return FALSE;
}

gboolean
ir_instantiation_find (IrInstantiation *self, const char *key, guint32 *id)
{
  gpointer found;

  if (!g_hash_table_lookup_extended (self->known, key, NULL, &found))
    return FALSE;
  *id = GPOINTER_TO_UINT (found);
  return TRUE;
}

void
ir_instantiation_keep (IrInstantiation *self, const char *key, guint32 id)
{
  g_hash_table_insert (self->known, g_strdup (key), GUINT_TO_POINTER (id));
}

/* ---- functions ---- */

static void
append_arguments (GString *key, const GArray *arguments)
{
  for (guint i = 0; arguments != NULL && i < arguments->len; i++)
    g_string_append_printf (key, " %u", g_array_index (arguments, IrTypeId, i));
}

static void
copy_head (IrInstantiation *self, const IrFunction *from, IrFunctionId id)
{
  IrFunction *function = ir_program_get_function (self->to, id);

  function->body = from->body;
  function->is_library = from->is_library;
  function->is_defined = from->is_defined;
  function->is_resumable = from->is_resumable;
}

/* The instance of a function for final types; its body is made later. arguments: (nullable) */
IrFunctionId
ir_instantiation_want (IrInstantiation *self, IrFunctionId from_id, const GArray *arguments)
{
  const IrFunction *from = ir_program_get_function (self->from, from_id);
  g_autoptr (GString) key = g_string_new (NULL);
  g_autofree char *name = NULL;
  IrInstance *instance;
  IrFunctionId id;

  g_string_printf (key, "function %u", from_id);
  append_arguments (key, arguments);
  if (ir_instantiation_find (self, key->str, &id))
    return id;
  if (self->to->functions->len >= IR_MAX_INSTANCES)
    {
      ir_instantiation_complain (self, TEXT_IR_MANY_INSTANCES, IR_MAX_INSTANCES);
      return 0;
    }
  name = ir_substitute_name (self, from->name, arguments);
  id = ir_function_add (self->to, name, ir_substitute (self, from->type, arguments), from->span);
  ir_instantiation_keep (self, key->str, id);
  copy_head (self, from, id);
  instance = g_new0 (IrInstance, 1);
  *instance = (IrInstance){ .from = from_id, .to = id };
  if (arguments != NULL)
    instance->arguments = g_array_copy ((GArray *)arguments);
  g_ptr_array_add (self->waiting, instance);
  return id;
}

static void
instance_free (gpointer data)
{
  IrInstance *instance = data;

  g_clear_pointer (&instance->arguments, g_array_unref);
  g_free (instance);
}

/* ---- globals ---- */

static void
copy_relocations (IrInstantiation *self, const IrGlobal *from, IrGlobalId id)
{
  for (guint i = 0; i < from->relocations->len && !self->failed; i++)
    {
      const IrRelocation *relocation = &g_array_index (from->relocations, IrRelocation, i);
      guint32 target = relocation->is_function
                           ? ir_instantiation_want (self, relocation->id, NULL)
                           : ir_instantiation_want_global (self, relocation->id);

      ir_global_relocate (self->to, id, relocation->offset, relocation->is_function, target,
                          relocation->addend);
    }
}

/* A global of the generic program, with all it points to. */
IrGlobalId
ir_instantiation_want_global (IrInstantiation *self, IrGlobalId from_id)
{
  const IrGlobal *from = ir_program_get_global (self->from, from_id);
  g_autofree char *key = g_strdup_printf ("global %u", from_id);
  guint64 known = ir_program_get_type (self->from, from->type)->size;
  const IrType *type;
  IrTypeId to;
  IrGlobalId id;

  if (ir_instantiation_find (self, key, &id))
    return id;
  to = ir_substitute (self, from->type, NULL);
  type = ir_lay_out (self, to);
  id = ir_global_add (self->to, from->name, to, from->kind, from->span);
  ir_instantiation_keep (self, key, id);
  memcpy (ir_program_get_global (self->to, id)->bytes, from->bytes, MIN (known, type->size));
  if (from->function != IR_NO_FUNCTION
      && ir_program_get_function (self->from, from->function)->n_parameters == 0)
    ir_program_get_global (self->to, id)->function
        = ir_instantiation_want (self, from->function, NULL);
  copy_relocations (self, from, id);
  return id;
}

/* ---- all ---- */

static void
want_roots (IrInstantiation *self)
{
  if (self->from->entry < self->from->functions->len)
    self->to->entry = ir_instantiation_want (self, self->from->entry, NULL);
  self->to->management = self->from->management;
  self->to->frame_head = ir_substitute (self, self->from->frame_head, NULL);
  for (guint i = 0; i < IR_N_HOOKS; i++)
    if (self->from->hooks[i] != IR_NO_FUNCTION)
      self->to->hooks[i] = ir_instantiation_want (self, self->from->hooks[i], NULL);
  for (guint i = 0; i < self->from->functions->len && !self->failed; i++)
    if (ir_program_get_function (self->from, i)->is_root)
      ir_instantiation_want (self, i, NULL);
}

static void
make_bodies (IrInstantiation *self)
{
  for (guint i = 0; i < self->waiting->len && !self->failed; i++)
    {
      const IrInstance *instance = g_ptr_array_index (self->waiting, i);
      const IrFunction *function = ir_program_get_function (self->to, instance->to);

      self->where = function->name;
      if (instance->from == IR_NO_FUNCTION)
        ir_build_glue (self, instance);
      else if (function->is_defined)
        ir_instantiate_body (self, instance);
    }
}

static void
clear_origin (gpointer data)
{
  g_clear_pointer (&((IrOrigin *)data)->arguments, g_array_unref);
}

/* A program without types, functions or calls that depend on others, from a verified generic one. What cannot be made is told in diagnostics.
 * (transfer full) (nullable) */
IrProgram *
ir_instantiate (const IrProgram *generic, TextDiagnostics *diagnostics)
{
  IrInstantiation self = { .from = generic, .diagnostics = diagnostics, .where = "main" };

  self.to = ir_program_new (generic->language);
  self.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.origins = g_array_new (FALSE, TRUE, sizeof (IrOrigin));
  g_array_set_clear_func (self.origins, clear_origin);
  self.waiting = g_ptr_array_new_with_free_func (instance_free);
  ir_instantiation_add_origin (&self, 0, NULL);
  want_roots (&self);
  make_bodies (&self);
  for (guint i = 0; i < self.to->types->len && !self.failed; i++)
    ir_lay_out (&self, i);
  g_ptr_array_unref (self.waiting);
  g_array_unref (self.origins);
  g_hash_table_unref (self.known);
  if (self.failed)
    g_clear_pointer (&self.to, ir_program_unref);
  return self.to;
}
