/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Types of the IR: asking and making. See ir-type.h and ir-program.h. */

#include "ir-program.h"

static const struct
{
  const char *name;
  guint size;
  gboolean is_signed;
} scalars[] = {
  [IR_SCALAR_I8] = { "i8", 1, TRUE },        [IR_SCALAR_U8] = { "u8", 1, FALSE },
  [IR_SCALAR_I16] = { "i16", 2, TRUE },      [IR_SCALAR_U16] = { "u16", 2, FALSE },
  [IR_SCALAR_I32] = { "i32", 4, TRUE },      [IR_SCALAR_U32] = { "u32", 4, FALSE },
  [IR_SCALAR_I64] = { "i64", 8, TRUE },      [IR_SCALAR_U64] = { "u64", 8, FALSE },
  [IR_SCALAR_F32] = { "f32", 4, TRUE },      [IR_SCALAR_F64] = { "f64", 8, TRUE },
  [IR_SCALAR_POINTER] = { "ptr", 8, FALSE }, [IR_SCALAR_NONE] = { "none", 0, FALSE },
};

static IrScalar
integer_scalar (guint64 size, gboolean is_signed)
{
  switch (size)
    {
    case 1:
      return is_signed ? IR_SCALAR_I8 : IR_SCALAR_U8;
    case 2:
      return is_signed ? IR_SCALAR_I16 : IR_SCALAR_U16;
    case 4:
      return is_signed ? IR_SCALAR_I32 : IR_SCALAR_U32;
    case 8:
      return is_signed ? IR_SCALAR_I64 : IR_SCALAR_U64;
    default:
      return IR_SCALAR_NONE;
    }
}

/* The scalar that a value of the type is, or IR_SCALAR_NONE. */
const char *
ir_object_attribute_get_name (IrObjectAttribute attribute)
{
  static const char *const names[] = {
#define ATTRIBUTE(id, name, meaning) name,
#include "ir-object.def"
#undef ATTRIBUTE
  };

  return names[attribute];
}

IrScalar
ir_type_get_scalar (const IrType *type)
{
  switch (type->kind)
    {
    case IR_TYPE_BOOL:
      return IR_SCALAR_U8;
    case IR_TYPE_INT:
    case IR_TYPE_ENUM:
      return integer_scalar (type->size, type->is_signed);
    case IR_TYPE_FLOAT:
      return type->size == 4 ? IR_SCALAR_F32 : IR_SCALAR_F64;
    case IR_TYPE_POINTER:
      return type->size == 8 ? IR_SCALAR_POINTER : IR_SCALAR_NONE;
    case IR_TYPE_VOID:
    case IR_TYPE_ARRAY:
    case IR_TYPE_STRUCT:
    case IR_TYPE_UNION:
    case IR_TYPE_FUNCTION:
    case IR_TYPE_VARIANT:
    case IR_TYPE_SLICE:
    case IR_TYPE_DYN:
    case IR_TYPE_PARAMETER:
    case IR_TYPE_APPLY:
    case IR_TYPE_ASSOCIATED:
      return IR_SCALAR_NONE;
    }
  g_assert_not_reached ();
}

gboolean
ir_type_is_integer (const IrType *type)
{
  return type->kind == IR_TYPE_INT || type->kind == IR_TYPE_ENUM || type->kind == IR_TYPE_BOOL;
}

/* A pointer of two words: where to, and its length or vtable. */
gboolean
ir_type_is_fat (const IrType *type)
{
  return type->kind == IR_TYPE_POINTER && type->fields != NULL;
}

guint
ir_scalar_get_size (IrScalar scalar)
{
  return scalars[scalar].size;
}

gboolean
ir_scalar_is_signed (IrScalar scalar)
{
  return scalars[scalar].is_signed;
}

const char *
ir_scalar_get_name (IrScalar scalar)
{
  return scalars[scalar].name;
}

static void
clear_field (gpointer data)
{
  g_free (((IrField *)data)->name);
}

/* A list of IrField that owns their names. (transfer full) */
GArray *
ir_fields_new (void)
{
  GArray *fields = g_array_new (FALSE, TRUE, sizeof (IrField));

  g_array_set_clear_func (fields, clear_field);
  return fields;
}

static void
clear_enumerator (gpointer data)
{
  g_free (((IrEnumerator *)data)->name);
}

static IrType *
add_type (IrProgram *program, IrTypeKind kind, const char *name, guint64 size, guint32 align,
          IrTypeId *id)
{
  IrType *type = g_new0 (IrType, 1);

  type->kind = kind;
  type->name = g_strdup (name);
  type->size = size;
  type->align = align;
  type->otherwise = IR_NO_VARIANT;
  *id = program->types->len;
  g_ptr_array_add (program->types, type);
  return type;
}

IrTypeId
ir_type_add_int (IrProgram *program, const char *name, guint size, gboolean is_signed,
                 gboolean is_char)
{
  IrTypeId id;
  IrType *type = add_type (program, IR_TYPE_INT, name, size, size, &id);

  type->is_signed = is_signed;
  type->is_char = is_char;
  return id;
}

IrTypeId
ir_type_add_bool (IrProgram *program, const char *name)
{
  IrTypeId id;

  add_type (program, IR_TYPE_BOOL, name, 1, 1, &id);
  return id;
}

IrTypeId
ir_type_add_float (IrProgram *program, const char *name, guint size)
{
  IrTypeId id;

  add_type (program, IR_TYPE_FLOAT, name, size, size, &id)->is_signed = TRUE;
  return id;
}

IrTypeId
ir_type_add_pointer (IrProgram *program, const char *name, IrTypeId to)
{
  IrTypeId id;

  add_type (program, IR_TYPE_POINTER, name, 8, 8, &id)->element = to;
  return id;
}

/* A pointer to a slice or dyn: thin and metadata are the types of its two words. */
IrTypeId
ir_type_add_fat_pointer (IrProgram *program, const char *name, IrTypeId to, IrTypeId thin,
                         IrTypeId metadata)
{
  gboolean is_dyn = ir_program_get_type (program, to)->kind == IR_TYPE_DYN;
  IrTypeId id;
  IrType *type = add_type (program, IR_TYPE_POINTER, name, 16, 8, &id);

  type->element = to;
  type->fields = ir_fields_new ();
  ir_type_add_field (program, id, "pointer", thin, 0);
  ir_type_add_field (program, id, is_dyn ? "vtable" : "length", metadata, 8);
  return id;
}

IrTypeId
ir_type_add_slice (IrProgram *program, const char *name, IrTypeId element)
{
  IrTypeId id;
  guint32 align = ir_program_get_type (program, element)->align;

  add_type (program, IR_TYPE_SLICE, name, 0, align, &id)->element = element;
  return id;
}

/* trait: its number in a generic program, else 0 */
IrTypeId
ir_type_add_dyn (IrProgram *program, const char *name, guint32 trait)
{
  IrTypeId id;

  add_type (program, IR_TYPE_DYN, name, 0, 1, &id)->trait = trait;
  return id;
}

/* Without variants yet: ir_type_add_variant(), then ir_type_complete_record(). tag: void when there is none */
IrTypeId
ir_type_add_variants (IrProgram *program, const char *name, IrTypeId tag, guint64 tag_offset)
{
  IrTypeId id;
  IrType *type = add_type (program, IR_TYPE_VARIANT, name, 0, 1, &id);

  type->tag_type = tag;
  type->tag_offset = tag_offset;
  type->fields = ir_fields_new ();
  return id;
}

/* type: a struct whose fields stand where they stand in the whole, beside the tag */
void
ir_type_add_variant (IrProgram *program, IrTypeId id, const char *name, IrTypeId type, guint64 tag)
{
  GArray *fields = ir_program_get_type (program, id)->fields;

  ir_type_add_field (program, id, name, type, 0);
  g_array_index (fields, IrField, fields->len - 1).tag = tag;
}

/* The element's size must be known and size × count fit in 2^63. */
IrTypeId
ir_type_add_array (IrProgram *program, const char *name, IrTypeId element, guint64 count)
{
  IrType *of = ir_program_get_type (program, element);
  IrTypeId id;
  IrType *type = add_type (program, IR_TYPE_ARRAY, name, of->size * count, of->align, &id);

  type->element = element;
  type->count = count;
  return id;
}

/* A struct or union without members yet; pointers to it may be made before it is completed. */
IrTypeId
ir_type_add_record (IrProgram *program, const char *name, gboolean is_union)
{
  IrTypeId id;
  IrType *type = add_type (program, is_union ? IR_TYPE_UNION : IR_TYPE_STRUCT, name, 0, 1, &id);

  type->fields = ir_fields_new ();
  return id;
}

void
ir_type_add_field (IrProgram *program, IrTypeId record, const char *name, IrTypeId type,
                   guint64 offset)
{
  IrField field = { g_strdup (name), type, offset };

  g_array_append_val (ir_program_get_type (program, record)->fields, field);
}

/* The field is a bit-field: n_bits from bit on in the unit of its type. */
void
ir_type_set_bits (IrProgram *program, IrTypeId record, guint field, guint bit, guint n_bits)
{
  IrField *of = &g_array_index (ir_program_get_type (program, record)->fields, IrField, field);

  of->bit = bit;
  of->n_bits = n_bits;
}

void
ir_type_complete_record (IrProgram *program, IrTypeId record, guint64 size, guint32 align)
{
  IrType *type = ir_program_get_type (program, record);

  type->size = size;
  type->align = align;
}

IrTypeId
ir_type_add_enum (IrProgram *program, const char *name, guint size, gboolean is_signed)
{
  IrTypeId id;
  IrType *type = add_type (program, IR_TYPE_ENUM, name, size, size, &id);

  type->is_signed = is_signed;
  type->enumerators = g_array_new (FALSE, TRUE, sizeof (IrEnumerator));
  g_array_set_clear_func (type->enumerators, clear_enumerator);
  return id;
}

void
ir_type_add_enumerator (IrProgram *program, IrTypeId id, const char *name, gint64 value)
{
  IrEnumerator enumerator = { g_strdup (name), value };

  g_array_append_val (ir_program_get_type (program, id)->enumerators, enumerator);
}

IrTypeId
ir_type_add_function (IrProgram *program, const char *name, IrTypeId result, gboolean is_variadic)
{
  IrTypeId id;
  IrType *type = add_type (program, IR_TYPE_FUNCTION, name, 0, 1, &id);

  type->element = result;
  type->is_variadic = is_variadic;
  type->fields = ir_fields_new ();
  return id;
}

/* name: (nullable) */
void
ir_type_add_parameter (IrProgram *program, IrTypeId function, const char *name, IrTypeId type)
{
  ir_type_add_field (program, function, name, type, 0);
}

/* The same layout under another name: a typedef's. The fields of a record are shared, so it may get them later, but its size must
 * be known. */
IrTypeId
ir_type_add_alias (IrProgram *program, const char *name, IrTypeId of_id)
{
  const IrType *of = ir_program_get_type (program, of_id);
  IrTypeId id;
  IrType *type = add_type (program, of->kind, name, of->size, of->align, &id);

  type->is_signed = of->is_signed;
  type->is_char = of->is_char;
  type->is_const = of->is_const;
  type->is_variadic = of->is_variadic;
  type->element = of->element;
  type->count = of->count;
  type->fields = of->fields != NULL ? g_array_ref (of->fields) : NULL;
  type->enumerators = of->enumerators != NULL ? g_array_ref (of->enumerators) : NULL;
  type->is_nonnull = of->is_nonnull;
  type->tag_type = of->tag_type;
  type->tag_offset = of->tag_offset;
  type->otherwise = of->otherwise;
  return id;
}

/* The same, marked const. */
IrTypeId
ir_type_add_const (IrProgram *program, const char *name, IrTypeId unqualified)
{
  IrTypeId id = ir_type_add_alias (program, name, unqualified);

  ir_program_get_type (program, id)->is_const = TRUE;
  return id;
}
