/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Types: making, asking, comparing and laying them out. See c-type.h. */

#include "c-type.h"

#include "lang/lang-arena.h"

#include <string.h>

static const struct
{
  guint8 size;
  gboolean is_signed;
} basics[C_TYPE_DOUBLE + 1] = {
  [C_TYPE_ERROR] = { 4, TRUE },       [C_TYPE_VOID] = { 1, FALSE },
  [C_TYPE_BOOL] = { 1, FALSE },       [C_TYPE_CHAR] = { 1, TRUE },
  [C_TYPE_SIGNED_CHAR] = { 1, TRUE }, [C_TYPE_UNSIGNED_CHAR] = { 1, FALSE },
  [C_TYPE_SHORT] = { 2, TRUE },       [C_TYPE_UNSIGNED_SHORT] = { 2, FALSE },
  [C_TYPE_INT] = { 4, TRUE },         [C_TYPE_UNSIGNED_INT] = { 4, FALSE },
  [C_TYPE_LONG] = { 8, TRUE },        [C_TYPE_UNSIGNED_LONG] = { 8, FALSE },
  [C_TYPE_LONG_LONG] = { 8, TRUE },   [C_TYPE_UNSIGNED_LONG_LONG] = { 8, FALSE },
  [C_TYPE_ENUM] = { 4, FALSE },       [C_TYPE_FLOAT] = { 4, TRUE },
  [C_TYPE_DOUBLE] = { 8, TRUE },
};

void
c_types_init (CTypes *types, LangArena *arena)
{
  memset (types, 0, sizeof *types);
  types->arena = arena;
  for (guint kind = 0; kind <= C_TYPE_DOUBLE; kind++)
    {
      types->basic[kind].kind = kind;
      types->basic[kind].plain = &types->basic[kind];
    }
  types->error = &types->basic[C_TYPE_ERROR];
  types->nothing = &types->basic[C_TYPE_VOID];
  types->boolean = &types->basic[C_TYPE_BOOL];
  types->character = &types->basic[C_TYPE_CHAR];
  types->integer = &types->basic[C_TYPE_INT];
  types->natural = &types->basic[C_TYPE_UNSIGNED_INT];
  types->long_integer = &types->basic[C_TYPE_LONG];
  types->size = &types->basic[C_TYPE_UNSIGNED_LONG];
  types->float_ = &types->basic[C_TYPE_FLOAT];
  types->double_ = &types->basic[C_TYPE_DOUBLE];
}

/* ---- making ---- */

static CType *
new_type (CTypes *types, CTypeKind kind, CType *element)
{
  CType *type = lang_arena_new0 (types->arena, CType);

  type->kind = kind;
  type->plain = type;
  type->element = element;
  type->depth = element != NULL ? element->depth + 1 : 0;
  return type;
}

CType *
c_type_new_pointer (CTypes *types, CType *to)
{
  if (c_type_is_error (to))
    return to;
  if (to->pointer == NULL)
    to->pointer = new_type (types, C_TYPE_POINTER, to);
  return to->pointer;
}

CType *
c_type_new_array (CTypes *types, CType *element, gboolean has_count, guint64 count)
{
  CType *type = new_type (types, C_TYPE_ARRAY, element);

  type->has_count = has_count;
  type->count = count;
  return type;
}

CType *
c_type_new_function (CTypes *types, CType *result)
{
  return new_type (types, C_TYPE_FUNCTION, result);
}

CType *
c_type_new_record (CTypes *types, CRecord *record)
{
  CType *type = new_type (types, record->is_union ? C_TYPE_UNION : C_TYPE_STRUCT, NULL);

  type->record = record;
  return type;
}

CType *
c_type_new_enum (CTypes *types, CEnum *enumeration)
{
  CType *type = new_type (types, C_TYPE_ENUM, NULL);

  type->enumeration = enumeration;
  return type;
}

static CType *
copy_type (CTypes *types, const CType *type)
{
  CType *copy = lang_arena_dup (types->arena, type, sizeof *type);

  copy->pointer = NULL;
  copy->ir = 0;
  return copy;
}

/* The type with these qualifiers added. An array is as const as its elements (C11 6.7.3p9). */
CType *
c_type_qualify (CTypes *types, CType *type, gboolean is_const, gboolean is_volatile)
{
  CType *copy;

  if ((!is_const || type->is_const) && (!is_volatile || type->is_volatile))
    return type;
  if (c_type_is_error (type))
    return type;
  copy = copy_type (types, type);
  if (type->kind == C_TYPE_ARRAY)
    {
      copy->element = c_type_qualify (types, type->element, is_const, is_volatile);
      copy->alias = NULL;
      copy->plain = copy;
      return copy;
    }
  copy->is_const |= is_const;
  copy->is_volatile |= is_volatile;
  return copy;
}

/* The same type, spelled as the typedef's name. */
CType *
c_type_alias (CTypes *types, CType *type, CName *alias)
{
  CType *copy;

  if (c_type_is_error (type))
    return type;
  copy = copy_type (types, type);
  copy->alias = alias;
  if (type->plain == type)
    copy->plain = copy;
  if (c_type_is_record (type) && type->record->tag == NULL && type->record->alias == NULL)
    type->record->alias = alias;
  if (type->kind == C_TYPE_ENUM && type->enumeration->tag == NULL
      && type->enumeration->alias == NULL)
    type->enumeration->alias = alias;
  return copy;
}

/* ---- asking ---- */

gboolean
c_type_is_error (const CType *type)
{
  return type->kind == C_TYPE_ERROR;
}

gboolean
c_type_is_integer (const CType *type)
{
  return type->kind >= C_TYPE_BOOL && type->kind <= C_TYPE_ENUM;
}

gboolean
c_type_is_floating (const CType *type)
{
  return type->kind == C_TYPE_FLOAT || type->kind == C_TYPE_DOUBLE;
}

gboolean
c_type_is_arithmetic (const CType *type)
{
  return type->kind >= C_TYPE_BOOL && type->kind <= C_TYPE_DOUBLE;
}

gboolean
c_type_is_scalar (const CType *type)
{
  return type->kind >= C_TYPE_BOOL && type->kind <= C_TYPE_POINTER;
}

gboolean
c_type_is_record (const CType *type)
{
  return type->kind == C_TYPE_STRUCT || type->kind == C_TYPE_UNION;
}

gboolean
c_type_is_aggregate (const CType *type)
{
  return type->kind == C_TYPE_ARRAY || c_type_is_record (type);
}

gboolean
c_type_is_void_pointer (const CType *type)
{
  return type->kind == C_TYPE_POINTER && type->element->kind == C_TYPE_VOID;
}

gboolean
c_type_is_function_pointer (const CType *type)
{
  return type->kind == C_TYPE_POINTER && type->element->kind == C_TYPE_FUNCTION;
}

gboolean
c_type_is_signed (const CType *type)
{
  if (type->kind == C_TYPE_ENUM)
    return type->enumeration->is_signed;
  return type->kind <= C_TYPE_DOUBLE && basics[type->kind].is_signed;
}

gboolean
c_type_is_complete (const CType *type)
{
  switch (type->kind)
    {
    case C_TYPE_VOID:
      return FALSE;
    case C_TYPE_ARRAY:
      return type->has_count && c_type_is_complete (type->element);
    case C_TYPE_STRUCT:
    case C_TYPE_UNION:
      return type->record->is_complete;
    case C_TYPE_ENUM:
      return type->enumeration->is_complete;
    default:
      return TRUE;
    }
}

/* How many arrays and records stand in each other. */
guint
c_type_get_part_depth (const CType *type)
{
  guint depth = 0;

  for (; type->kind == C_TYPE_ARRAY; type = type->element)
    depth++;
  return c_type_is_record (type) ? depth + type->record->depth + 1 : depth;
}

/* Whether an object of the type cannot be assigned to as a whole (C11 6.3.2.1p1). */
gboolean
c_type_has_const_part (const CType *type)
{
  if (type->is_const)
    return TRUE;
  if (type->kind == C_TYPE_ARRAY)
    return c_type_has_const_part (type->element);
  for (guint i = 0; c_type_is_record (type) && i < type->record->n_fields; i++)
    if (c_type_has_const_part (type->record->fields[i].type))
      return TRUE;
  return FALSE;
}

static gboolean
are_functions_compatible (const CType *a, const CType *b)
{
  if (!c_type_is_compatible (a->element, b->element))
    return FALSE;
  if (a->is_unprototyped || b->is_unprototyped)
    {
      /* The other one must be callable with promoted arguments (C11 6.7.6.3p15). */
      const CType *other = a->is_unprototyped ? b : a;

      for (guint i = 0; i < other->n_parameters; i++)
        {
          CTypeKind kind = other->parameters[i].type->kind;

          if (kind == C_TYPE_FLOAT || (kind >= C_TYPE_BOOL && kind < C_TYPE_INT))
            return FALSE;
        }
      return !other->is_variadic;
    }
  if (a->n_parameters != b->n_parameters || a->is_variadic != b->is_variadic)
    return FALSE;
  for (guint i = 0; i < a->n_parameters; i++)
    if (!c_type_is_compatible (a->parameters[i].type->plain, b->parameters[i].type->plain))
      return FALSE;
  return TRUE;
}

/* C11 6.2.7, without the qualifiers of the types themselves; those of what they point to count. */
gboolean
c_type_is_compatible (const CType *a, const CType *b)
{
  if (a == b || c_type_is_error (a) || c_type_is_error (b))
    return TRUE;
  if (a->kind != b->kind)
    {
      /* An enumeration is compatible with the integer type that carries it. */
      const CType *enumeration = a->kind == C_TYPE_ENUM ? a : b, *other = a == enumeration ? b : a;

      if (enumeration->kind != C_TYPE_ENUM)
        return FALSE;
      return other->kind
             == (enumeration->enumeration->is_signed ? C_TYPE_INT : C_TYPE_UNSIGNED_INT);
    }
  switch (a->kind)
    {
    case C_TYPE_POINTER:
      return c_type_is_same (a->element, b->element);
    case C_TYPE_ARRAY:
      return c_type_is_same (a->element, b->element)
             && (!a->has_count || !b->has_count || a->count == b->count);
    case C_TYPE_STRUCT:
    case C_TYPE_UNION:
      return a->record == b->record;
    case C_TYPE_ENUM:
      return a->enumeration == b->enumeration;
    case C_TYPE_FUNCTION:
      return are_functions_compatible (a, b);
    default:
      return TRUE;
    }
}

/* Compatible, and qualified in the same way. */
gboolean
c_type_is_same (const CType *a, const CType *b)
{
  return a->is_const == b->is_const && a->is_volatile == b->is_volatile
         && c_type_is_compatible (a, b);
}

/* Bytes; 1 for void and functions, as gcc has it, and 0 where the size is not known. */
guint64
c_type_get_size (const CType *type)
{
  switch (type->kind)
    {
    case C_TYPE_POINTER:
      return 8;
    case C_TYPE_ARRAY:
      return c_type_get_size (type->element) * type->count;
    case C_TYPE_STRUCT:
    case C_TYPE_UNION:
      return type->record->size;
    case C_TYPE_FUNCTION:
      return 1;
    default:
      return basics[type->kind].size;
    }
}

guint32
c_type_get_align (const CType *type)
{
  if (type->kind == C_TYPE_ARRAY)
    return c_type_get_align (type->element);
  if (c_type_is_record (type))
    return MAX (1, type->record->align);
  return c_type_get_size (type);
}

/* ---- conversions (C11 6.3.1) ---- */

/* The integer promotions. */
CType *
c_type_promote (CTypes *types, CType *type)
{
  if (type->kind == C_TYPE_ENUM)
    return type->enumeration->is_signed ? types->integer : types->natural;
  if (c_type_is_integer (type) && type->kind < C_TYPE_INT)
    return types->integer;
  return type->plain;
}

/* The usual arithmetic conversions. */
CType *
c_type_balance (CTypes *types, CType *a, CType *b)
{
  CTypeKind kind;

  if (c_type_is_error (a) || c_type_is_error (b))
    return types->error;
  if (a->kind == C_TYPE_DOUBLE || b->kind == C_TYPE_DOUBLE)
    return types->double_;
  if (a->kind == C_TYPE_FLOAT || b->kind == C_TYPE_FLOAT)
    return types->float_;
  a = c_type_promote (types, a);
  b = c_type_promote (types, b);
  kind = MAX (a->kind, b->kind);
  /* The kinds stand so that the greater one wins, but for unsigned long with long long, which has no room for it. */
  if (kind == C_TYPE_LONG_LONG && MIN (a->kind, b->kind) == C_TYPE_UNSIGNED_LONG)
    kind = C_TYPE_UNSIGNED_LONG_LONG;
  if (kind == a->kind)
    return a;
  return kind == b->kind ? b : &types->basic[kind];
}

/* ---- records ---- */

/* The member of that name; anonymous members are looked through, and index is then theirs. NULL for none. */
const CField *
c_record_find (const CRecord *record, const CName *name, guint *index)
{
  for (guint i = 0; i < record->n_fields; i++)
    {
      const CField *field = &record->fields[i];

      *index = i;
      if (field->name == name)
        return field;
      if (field->name == NULL && c_type_is_record (field->type))
        {
          guint inner;

          if (c_record_find (field->type->record, name, &inner) != NULL)
            return field;
        }
    }
  return NULL;
}

/* A bit-field lies behind the one before, but not across the end of a unit of its type; one of width 0 only ends the unit
 * before it. n_bits: of the record so far */
static void
lay_out_bit_field (CField *field, gboolean is_union, guint64 *n_bits)
{
  guint64 unit = c_type_get_size (field->type) * 8;
  guint64 begin = is_union ? 0 : *n_bits;

  if (field->n_bits == 0 || begin / unit != (begin + field->n_bits - 1) / unit)
    begin = (begin + unit - 1) / unit * unit;
  field->offset = begin / unit * (unit / 8);
  field->bit = begin % unit;
  *n_bits = MAX (*n_bits, begin + field->n_bits);
}

/* Bit-fields without a name are only room. */
static void
drop_unnamed_bit_fields (CRecord *record)
{
  guint n = 0;

  for (guint i = 0; i < record->n_fields; i++)
    if (record->fields[i].name != NULL || !record->fields[i].is_bit_field)
      record->fields[n++] = record->fields[i];
  record->n_fields = n;
}

/* Gives each field its offset, and the record its size (System V ABI: each at its natural alignment). */
void
c_record_lay_out (CRecord *record)
{
  guint64 n_bits = 0;

  record->align = 1;
  for (guint i = 0; i < record->n_fields; i++)
    {
      CField *field = &record->fields[i];
      guint32 align = c_type_get_align (field->type);
      guint64 size = (n_bits + 7) / 8;

      if (field->name != NULL || !field->is_bit_field)
        record->align = MAX (record->align, align);
      if (field->is_bit_field)
        {
          lay_out_bit_field (field, record->is_union, &n_bits);
          continue;
        }
      if (!record->is_union)
        field->offset = (size + align - 1) / align * align;
      n_bits = MAX (n_bits, (field->offset + c_type_get_size (field->type)) * 8);
    }
  drop_unnamed_bit_fields (record);
  record->size = ((n_bits + 7) / 8 + record->align - 1) / record->align * record->align;
  record->is_complete = TRUE;
}
