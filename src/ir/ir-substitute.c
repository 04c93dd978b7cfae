/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Types of the final program: each generic type with arguments put in, once. A text names a type by what it is made of, so that the same type
 * reached in two ways is one. A record is entered before its fields are looked at: it may point to itself. */

#include "ir-instantiate.h"

#define MAX_NAME_BYTES 400

IrOrigin *
ir_instantiation_get_origin (IrInstantiation *self, IrTypeId to)
{
  return &g_array_index (self->origins, IrOrigin, to);
}

/* Says where the type just added to the final program comes from. arguments: (nullable) */
void
ir_instantiation_add_origin (IrInstantiation *self, IrTypeId from, const GArray *arguments)
{
  IrOrigin origin = { .from = from, .needs_drop = -1 };

  if (arguments != NULL && arguments->len > 0)
    {
      for (guint i = 0; i < arguments->len; i++)
        origin.nesting
            = MAX (origin.nesting,
                   1
                       + ir_instantiation_get_origin (self, g_array_index (arguments, IrTypeId, i))
                             ->nesting);
      if (origin.nesting > IR_MAX_TYPE_DEPTH)
        ir_instantiation_complain (self, TEXT_IR_DEEP_TYPES, IR_MAX_TYPE_DEPTH);
      origin.arguments = g_array_new (FALSE, FALSE, sizeof (IrTypeId));
      g_array_append_vals (origin.arguments, arguments->data, arguments->len);
    }
  g_array_append_val (self->origins, origin);
  g_assert (self->origins->len == self->to->types->len);
}

/* Types in types can make a name as long as the memory is: the rest of a long one is left out. (transfer full) */
static char *
shorten (GString *name)
{
  if (name->len > MAX_NAME_BYTES)
    {
      const char *end = g_utf8_find_prev_char (name->str, name->str + MAX_NAME_BYTES);

      g_string_truncate (name, end - name->str);
      g_string_append (name, "…");
    }
  return g_string_free (name, FALSE);
}

/* A name with `{0}`, `{1}` … replaced by the names of the arguments; a name without them gets the list of them behind it.
 * (transfer full) */
char *
ir_substitute_name (IrInstantiation *self, const char *name, const GArray *arguments)
{
  GString *out = g_string_new (name);
  gboolean has_any = FALSE;

  for (guint i = 0; arguments != NULL && i < arguments->len; i++)
    {
      g_autofree char *hole = g_strdup_printf ("{%u}", i);
      IrTypeId id = g_array_index (arguments, IrTypeId, i);

      if (g_string_replace (out, hole, ir_program_get_type (self->to, id)->name, 0) > 0)
        has_any = TRUE;
    }
  if (has_any || arguments == NULL || arguments->len == 0)
    return shorten (out);
  for (guint i = 0; i < arguments->len; i++)
    g_string_append_printf (
        out, "%s%s", i == 0 ? "<" : ", ",
        ir_program_get_type (self->to, g_array_index (arguments, IrTypeId, i))->name);
  g_string_append_c (out, '>');
  return shorten (out);
}

/* (transfer full) */
GArray *
ir_substitute_list (IrInstantiation *self, const IrTypeId *types, guint n, const GArray *arguments)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (IrTypeId));

  for (guint i = 0; i < n; i++)
    {
      IrTypeId to = ir_substitute (self, types[i], arguments);

      g_array_append_val (list, to);
    }
  return list;
}

/* A new final type of the kind, with the key's text as its name in the table. */
static IrType *
enter_type (IrInstantiation *self, const char *key, IrTypeKind kind, const char *name, guint64 size,
            guint32 align, IrTypeId from, const GArray *arguments, IrTypeId *id)
{
  IrType *type = g_new0 (IrType, 1);

  type->kind = kind;
  type->name = g_strdup (name);
  type->size = size;
  type->align = align;
  type->otherwise = IR_NO_VARIANT;
  *id = self->to->types->len;
  g_ptr_array_add (self->to->types, type);
  ir_instantiation_add_origin (self, from, arguments);
  ir_instantiation_keep (self, key, *id);
  return type;
}

/* ---- types that are made here ---- */

IrTypeId
ir_instantiation_integer (IrInstantiation *self, guint size)
{
  g_autofree char *key = g_strdup_printf ("unsigned %u", size);
  g_autofree char *name = g_strdup_printf ("u%u", size * 8);
  IrTypeId id;

  if (!ir_instantiation_find (self, key, &id))
    enter_type (self, key, IR_TYPE_INT, name, size, size, IR_NO_TYPE, NULL, &id);
  return id;
}

/* The type that comparisons give. */
IrTypeId
ir_instantiation_truth (IrInstantiation *self)
{
  IrTypeId id;

  if (!ir_instantiation_find (self, "truth", &id))
    enter_type (self, "truth", IR_TYPE_INT, "i32", 4, 4, IR_NO_TYPE, NULL, &id)->is_signed = TRUE;
  return id;
}

static void
make_fat (IrInstantiation *self, IrTypeId id, IrTypeId element)
{
  gboolean is_slice = ir_program_get_type (self->to, element)->kind == IR_TYPE_SLICE;
  IrTypeId thin = ir_instantiation_pointer_to (
      self, is_slice ? ir_program_get_type (self->to, element)->element : 0);
  IrTypeId word = ir_instantiation_integer (self, 8);
  IrTypeId metadata
      = is_slice ? word
                 : ir_instantiation_pointer_to (self, ir_instantiation_array (self, word, 3));
  IrType *type = ir_program_get_type (self->to, id);

  type->size = 16;
  type->fields = ir_fields_new ();
  ir_type_add_field (self->to, id, "pointer", thin, 0);
  ir_type_add_field (self->to, id, is_slice ? "length" : "vtable", metadata, 8);
}

static gboolean
is_unsized (const IrInstantiation *self, IrTypeId to)
{
  IrTypeKind kind = ir_program_get_type (self->to, to)->kind;

  return kind == IR_TYPE_SLICE || kind == IR_TYPE_DYN;
}

/* A pointer for glue and vtables, thin or fat as the element asks for. */
IrTypeId
ir_instantiation_pointer_to (IrInstantiation *self, IrTypeId element)
{
  g_autofree char *key = g_strdup_printf ("*%u", element);
  g_autofree char *name
      = g_strdup_printf ("*mut %s", ir_program_get_type (self->to, element)->name);
  IrTypeId id;

  if (ir_instantiation_find (self, key, &id))
    return id;
  enter_type (self, key, IR_TYPE_POINTER, name, 8, 8, IR_NO_TYPE, NULL, &id)->element = element;
  if (is_unsized (self, element))
    make_fat (self, id, element);
  return id;
}

IrTypeId
ir_instantiation_array (IrInstantiation *self, IrTypeId element, guint64 count)
{
  g_autofree char *key = g_strdup_printf ("[%u; %" G_GUINT64_FORMAT "]", element, count);
  g_autofree char *name = g_strdup_printf ("[%s; %" G_GUINT64_FORMAT "]",
                                           ir_program_get_type (self->to, element)->name, count);
  const IrType *of = ir_program_get_type (self->to, element);
  IrTypeId id;
  IrType *type;

  if (ir_instantiation_find (self, key, &id))
    return id;
  type = enter_type (self, key, IR_TYPE_ARRAY, name, of->size * count, of->align, IR_NO_TYPE, NULL,
                     &id);
  type->element = element;
  type->count = count;
  return id;
}

/* fn(parameter), of drop glue. */
IrTypeId
ir_instantiation_function_type (IrInstantiation *self, IrTypeId parameter)
{
  g_autofree char *key = g_strdup_printf ("fn(%u)", parameter);
  g_autofree char *name
      = g_strdup_printf ("fn(%s)", ir_program_get_type (self->to, parameter)->name);
  IrTypeId id;

  if (ir_instantiation_find (self, key, &id))
    return id;
  id = ir_type_add_function (self->to, name, 0, FALSE);
  ir_instantiation_add_origin (self, IR_NO_TYPE, NULL);
  ir_type_add_parameter (self->to, id, "self", parameter);
  ir_instantiation_keep (self, key, id);
  return id;
}

/* ---- types of the generic program ---- */

static void
copy_enumerators (IrInstantiation *self, const IrType *from, IrType *type)
{
  type->enumerators = from->enumerators != NULL ? g_array_ref (from->enumerators) : NULL;
}

static GArray *
substitute_fields (IrInstantiation *self, const GArray *from, const GArray *arguments)
{
  GArray *fields = ir_fields_new ();

  for (guint i = 0; i < from->len; i++)
    {
      const IrField *field = &g_array_index (from, IrField, i);
      IrField copy = *field;

      copy.name = g_strdup (field->name);
      copy.type = ir_substitute (self, field->type, arguments);
      g_array_append_val (fields, copy);
    }
  return fields;
}

/* The struct of one variant belongs to that type alone: its fields make room for the tag of just this one. */
static IrTypeId
substitute_variant (IrInstantiation *self, IrTypeId whole, guint number, IrTypeId from_id,
                    const GArray *arguments)
{
  const IrType *from = ir_program_get_type (self->from, from_id);
  g_autofree char *key = g_strdup_printf ("variant %u %u", whole, number);
  g_autoptr (GArray) of = NULL;
  g_autofree char *name = NULL;
  GArray *fields;
  IrTypeId id;

  if (from->kind == IR_TYPE_APPLY)
    {
      of = ir_substitute_list (self, (const IrTypeId *)(gpointer)from->arguments->data,
                               from->arguments->len, arguments);
      from_id = from->element;
      from = ir_program_get_type (self->from, from_id);
    }
  if (from->kind != IR_TYPE_STRUCT)
    {
      ir_instantiation_complain (self, TEXT_IR_BAD_VARIANT, number);
      return 0;
    }
  name = ir_substitute_name (self, from->name, of);
  enter_type (self, key, IR_TYPE_STRUCT, name, from->size, from->align, from_id, NULL, &id);
  ir_program_get_type (self->to, id)->is_open = from->is_open;
  ir_program_get_type (self->to, id)->is_ordered = from->is_ordered;
  fields = substitute_fields (self, from->fields, of);
  ir_program_get_type (self->to, id)->fields = fields;
  return id;
}

static GArray *
substitute_variants (IrInstantiation *self, IrTypeId whole, const GArray *from,
                     const GArray *arguments)
{
  GArray *variants = ir_fields_new ();

  for (guint i = 0; i < from->len && !self->failed; i++)
    {
      const IrField *variant = &g_array_index (from, IrField, i);
      IrField copy = *variant;

      copy.name = g_strdup (variant->name);
      copy.type = substitute_variant (self, whole, i, variant->type, arguments);
      g_array_append_val (variants, copy);
    }
  return variants;
}

/* A record of the generic program, or a template with its arguments. */
static IrTypeId
substitute_record (IrInstantiation *self, IrTypeId from_id, const GArray *arguments)
{
  const IrType *from = ir_program_get_type (self->from, from_id);
  g_autoptr (GString) key = g_string_new (NULL);
  g_autofree char *name = ir_substitute_name (self, from->name, arguments);
  GArray *fields;
  IrTypeId id;
  IrType *type;

  g_string_printf (key, "record %u", from_id);
  for (guint i = 0; arguments != NULL && i < arguments->len; i++)
    g_string_append_printf (key, " %u", g_array_index (arguments, IrTypeId, i));
  if (ir_instantiation_find (self, key->str, &id))
    return id;
  type = enter_type (self, key->str, from->kind, name, from->size, from->align, from_id, arguments,
                     &id);
  type->is_open = from->is_open;
  type->is_ordered = from->is_ordered;
  type->object = g_memdup2 (from->object, from->object != NULL ? sizeof *from->object : 0);
  type->view = g_memdup2 (from->view, from->view != NULL ? sizeof *from->view : 0);
  type->tag_offset = from->tag_offset;
  type->otherwise = from->otherwise;
  type->tag_type = ir_substitute (self, from->tag_type, NULL);
  fields = from->kind == IR_TYPE_VARIANT ? substitute_variants (self, id, from->fields, arguments)
                                         : substitute_fields (self, from->fields, arguments);
  type->fields = fields;
  return id;
}

/* A type whose parts are final already: found by what it is made of. */
static IrTypeId
enter_plain (IrInstantiation *self, const IrType *from, IrTypeId from_id, IrTypeId element,
             GArray *fields, const char *name)
{
  g_autoptr (GString) key = g_string_new (NULL);
  IrTypeId id;
  IrType *type;

  g_string_printf (key, "%d %" G_GUINT64_FORMAT " %u %" G_GUINT64_FORMAT " %u%d%d%d%d%d %s",
                   from->kind, from->kind == IR_TYPE_POINTER ? 8 : from->size, element, from->count,
                   from->trait, from->is_signed, from->is_char, from->is_const, from->is_variadic,
                   from->is_nonnull + 2 * from->is_managed, name);
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    g_string_append_printf (key, " %u", g_array_index (fields, IrField, i).type);
  if (from->kind == IR_TYPE_ENUM)
    g_string_append_printf (key, " of %u", from_id);
  if (ir_instantiation_find (self, key->str, &id))
    return id;
  type = enter_type (self, key->str, from->kind, name, from->size, from->align, from_id, NULL, &id);
  type->element = element;
  type->count = from->kind == IR_TYPE_ARRAY ? from->count : 0;
  type->is_signed = from->is_signed;
  type->is_char = from->is_char;
  type->is_const = from->is_const;
  type->is_variadic = from->is_variadic;
  type->is_nonnull = from->is_nonnull;
  type->is_managed = from->is_managed;
  type->fields = fields != NULL ? g_array_ref (fields) : NULL;
  copy_enumerators (self, from, type);
  if (type->kind == IR_TYPE_POINTER)
    {
      type->size = 8;
      if (is_unsized (self, element))
        make_fat (self, id, element);
    }
  return id;
}

static IrTypeId
substitute_plain (IrInstantiation *self, IrTypeId from_id, const GArray *arguments)
{
  const IrType *from = ir_program_get_type (self->from, from_id);
  g_autofree char *name = NULL;
  g_autoptr (GArray) fields = NULL;
  GString *with_holes;
  IrTypeId element = ir_substitute (self, from->element, arguments);

  if (from->kind == IR_TYPE_FUNCTION)
    fields = substitute_fields (self, from->fields, arguments);
  /* Only the holes: a pointer has no list of arguments behind it. */
  with_holes = g_string_new (from->name);
  for (guint i = 0; arguments != NULL && i < arguments->len; i++)
    {
      g_autofree char *hole = g_strdup_printf ("{%u}", i);

      g_string_replace (
          with_holes, hole,
          ir_program_get_type (self->to, g_array_index (arguments, IrTypeId, i))->name, 0);
    }
  name = shorten (with_holes);
  return enter_plain (self, from, from_id, element, fields, name);
}

static IrTypeId
substitute_associated (IrInstantiation *self, const IrType *from, const GArray *arguments)
{
  g_autoptr (GArray) of = ir_substitute_list (
      self, (const IrTypeId *)(gpointer)from->arguments->data, from->arguments->len, arguments);
  g_autoptr (GArray) bound = NULL;
  const IrImpl *impl;

  if (self->failed)
    return 0;
  impl = ir_find_impl (self, from->trait, (const IrTypeId *)(gpointer)of->data, of->len, TRUE,
                       &bound);
  if (impl == NULL)
    return 0;
  return ir_substitute (self, g_array_index (impl->associated, IrTypeId, from->count), bound);
}

static IrTypeId
substitute_one (IrInstantiation *self, IrTypeId from_id, const GArray *arguments)
{
  const IrType *from = ir_program_get_type (self->from, from_id);

  switch (from->kind)
    {
    case IR_TYPE_PARAMETER:
      if (arguments != NULL && from->count < arguments->len)
        return g_array_index (arguments, IrTypeId, from->count);
      ir_instantiation_complain (self, TEXT_IR_ARGUMENTS, from->count);
      return 0;
    case IR_TYPE_APPLY:
      {
        g_autoptr (GArray) of
            = ir_substitute_list (self, (const IrTypeId *)(gpointer)from->arguments->data,
                                  from->arguments->len, arguments);

        return self->failed ? 0 : substitute_record (self, from->element, of);
      }
    case IR_TYPE_ASSOCIATED:
      return substitute_associated (self, from, arguments);
    case IR_TYPE_STRUCT:
    case IR_TYPE_UNION:
    case IR_TYPE_VARIANT:
      return substitute_record (self, from_id, NULL);
    case IR_TYPE_VOID:
    case IR_TYPE_BOOL:
    case IR_TYPE_INT:
    case IR_TYPE_FLOAT:
    case IR_TYPE_POINTER:
    case IR_TYPE_ARRAY:
    case IR_TYPE_ENUM:
    case IR_TYPE_FUNCTION:
    case IR_TYPE_SLICE:
    case IR_TYPE_DYN:
      return substitute_plain (self, from_id, arguments);
    }
  g_assert_not_reached ();
}

/* The final type of a generic one, arguments put in for its parameters. Void after a failure, which has been told. arguments: of final types
 * (nullable) */
IrTypeId
ir_substitute (IrInstantiation *self, IrTypeId from, const GArray *arguments)
{
  if (from == 0 || self->failed)
    return 0;
  return substitute_one (self, from, arguments);
}
