/* SPDX-License-Identifier: GPL-3.0-or-later */

/* C types as IR types. Types that are spelled alike and made of the same parts are one. A record's members are added when
 * the type that was asked for is done: a pointer in it may lead back to it, and a row of records that point to each other must
 * not become a row of calls. */

#include "c-lower.h"

static IrTypeId lower_type (CLower *lower, CType *type);

static const char *
get_tag (const CName *tag, const CName *alias)
{
  return tag != NULL ? tag->text : alias != NULL ? alias->text : "(unnamed)";
}

static IrTypeId
lower_record (CLower *lower, CType *type)
{
  CRecord *record = type->record;
  g_autofree char *name = NULL;

  if (record->ir != 0)
    return record->ir;
  name = record->tag == NULL && record->alias != NULL
             ? g_strdup (record->alias->text)
             : g_strdup_printf ("%s %s", record->is_union ? "union" : "struct",
                                get_tag (record->tag, record->alias));
  record->ir = ir_type_add_record (lower->program, name, record->is_union);
  ir_type_complete_record (lower->program, record->ir, record->size, MAX (1, record->align));
  g_ptr_array_add (lower->open_records, type);
  return record->ir;
}

static IrTypeId
lower_enum (CLower *lower, CEnum *enumeration)
{
  g_autofree char *name = NULL;

  if (enumeration->ir != 0)
    return enumeration->ir;
  name = enumeration->tag == NULL && enumeration->alias != NULL
             ? g_strdup (enumeration->alias->text)
             : g_strdup_printf ("enum %s", get_tag (enumeration->tag, enumeration->alias));
  enumeration->ir = ir_type_add_enum (lower->program, name, 4, enumeration->is_signed);
  for (guint i = 0; i < enumeration->enumerators->len; i++)
    {
      const CEnumerator *enumerator = &g_array_index (enumeration->enumerators, CEnumerator, i);

      ir_type_add_enumerator (lower->program, enumeration->ir, enumerator->name->text,
                              enumerator->value);
    }
  return enumeration->ir;
}

static IrTypeId
lower_function_type (CLower *lower, CType *type, const char *name)
{
  IrTypeId result = lower_type (lower, type->element);
  IrTypeId id = ir_type_add_function (lower->program, name, result, FALSE);

  for (guint i = 0; i < type->n_parameters; i++)
    {
      const CParameter *parameter = &type->parameters[i];
      IrTypeId parameter_id = lower_type (lower, parameter->type);

      ir_type_add_parameter (lower->program, id,
                             parameter->name != NULL ? parameter->name->text : NULL, parameter_id);
    }
  if (type->is_variadic)
    ir_type_add_parameter (lower->program, id, NULL, lower_type (lower, c_lower_row_type (lower)));
  return id;
}

static IrTypeId
lower_basic (CLower *lower, const CType *type, const char *name)
{
  switch (type->kind)
    {
    case C_TYPE_BOOL:
      return ir_type_add_bool (lower->program, name);
    case C_TYPE_FLOAT:
    case C_TYPE_DOUBLE:
      return ir_type_add_float (lower->program, name, c_type_get_size (type));
    default:
      return ir_type_add_int (lower->program, name, c_type_get_size (type), c_type_is_signed (type),
                              type->kind == C_TYPE_CHAR);
    }
}

/* A record or enum under its own name, or as const, or by a typedef's name. */
static IrTypeId
lower_tagged (CLower *lower, const CType *type, IrTypeId base, const char *name)
{
  if (type->is_const)
    return ir_type_add_const (lower->program, name, base);
  if (g_strcmp0 (ir_program_get_type (lower->program, base)->name, name) == 0)
    return base;
  return ir_type_add_alias (lower->program, name, base);
}

static IrTypeId
add_type (CLower *lower, CType *type, IrTypeId part, const char *name)
{
  IrTypeId id;

  switch (type->kind)
    {
    case C_TYPE_POINTER:
      id = ir_type_add_pointer (lower->program, name, part);
      break;
    case C_TYPE_ARRAY:
      id = ir_type_add_array (lower->program, name, part, type->count);
      break;
    case C_TYPE_FUNCTION:
      return lower_function_type (lower, type, name);
    case C_TYPE_STRUCT:
    case C_TYPE_UNION:
    case C_TYPE_ENUM:
      return lower_tagged (lower, type, part, name);
    default:
      id = lower_basic (lower, type, name);
      break;
    }
  ir_program_get_type (lower->program, id)->is_const = type->is_const;
  return id;
}

static IrTypeId
lower_part (CLower *lower, CType *type)
{
  if (c_type_is_record (type))
    return lower_record (lower, type);
  if (type->kind == C_TYPE_ENUM)
    return lower_enum (lower, type->enumeration);
  return type->element != NULL ? lower_type (lower, type->element) : 0;
}

static IrTypeId
lower_type (CLower *lower, CType *type)
{
  g_autofree char *name = NULL;
  g_autofree char *key = NULL;
  IrTypeId part;
  gpointer found;

  if (type->ir != 0 || type->kind == C_TYPE_VOID)
    return type->ir;
  part = lower_part (lower, type);
  name = c_type_spell (lower->types, type);
  /* The address of a function's type is in no key's order, only in its equality. */
  key = type->kind == C_TYPE_FUNCTION
            ? g_strdup_printf ("function %p", (gpointer)type)
            : g_strdup_printf ("%s#%d#%u#%" G_GUINT64_FORMAT, name, type->kind, part, type->count);
  found = g_hash_table_lookup (lower->type_ids, key);
  if (found != NULL)
    return type->ir = GPOINTER_TO_UINT (found);
  type->ir = add_type (lower, type, part, name);
  g_hash_table_insert (lower->type_ids, g_steal_pointer (&key), GUINT_TO_POINTER (type->ir));
  return type->ir;
}

/* Adds the members of all records that were named. Their types may name further records, which are added to the row. */
static void
add_members (CLower *lower)
{
  for (guint i = 0; i < lower->open_records->len; i++)
    {
      const CRecord *record = ((CType *)g_ptr_array_index (lower->open_records, i))->record;

      for (guint j = 0; j < record->n_fields; j++)
        {
          const CField *field = &record->fields[j];

          ir_type_add_field (lower->program, record->ir,
                             field->name != NULL ? field->name->text : "(unnamed)",
                             lower_type (lower, c_lower_unit_type (lower, field)), field->offset);
          if (field->is_bit_field)
            ir_type_set_bits (lower->program, record->ir, j, field->bit, field->n_bits);
        }
    }
  g_ptr_array_set_size (lower->open_records, 0);
}

IrTypeId
c_lower_type (CLower *lower, CType *type)
{
  IrTypeId id;

  if (type->ir != 0)
    return type->ir;
  id = lower_type (lower, type);
  add_members (lower);
  return id;
}

IrScalar
c_lower_scalar (CLower *lower, CType *type)
{
  return ir_program_get_scalar (lower->program, c_lower_type (lower, type));
}
