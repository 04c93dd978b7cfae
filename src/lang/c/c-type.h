/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "c-report.h"
#include "ir/ir-type.h"

G_BEGIN_DECLS

/* The types of C (C11 6.2.5) on x86-64 Linux: int 4, long and pointers 8 bytes, char signed. */

typedef enum
{
  C_TYPE_ERROR, /* of what was reported already: fits everywhere, so that one mistake is told once */
  C_TYPE_VOID,
  C_TYPE_BOOL, /* the integers from here, by rising rank, the unsigned one behind the signed one */
  C_TYPE_CHAR,
  C_TYPE_SIGNED_CHAR,
  C_TYPE_UNSIGNED_CHAR,
  C_TYPE_SHORT,
  C_TYPE_UNSIGNED_SHORT,
  C_TYPE_INT,
  C_TYPE_UNSIGNED_INT,
  C_TYPE_LONG,
  C_TYPE_UNSIGNED_LONG,
  C_TYPE_LONG_LONG,
  C_TYPE_UNSIGNED_LONG_LONG,
  C_TYPE_ENUM, /* to here */
  C_TYPE_FLOAT,
  C_TYPE_DOUBLE,
  C_TYPE_POINTER,
  C_TYPE_ARRAY,
  C_TYPE_STRUCT,
  C_TYPE_UNION,
  C_TYPE_FUNCTION,
} CTypeKind;

typedef struct _CType CType;

typedef struct
{
  CName *name; /* NULL: not named */
  CType *type; /* adjusted: arrays and functions are pointers */
  TextSpan span;
} CParameter;

typedef struct
{
  CName *name; /* NULL: an anonymous struct or union, whose members are found through it */
  CType *type;
  guint64 offset;
  TextSpan span;
  /* of a bit-field, whose offset is that of the unit of its type that it lies in */
  gboolean is_bit_field;
  guint bit; /* its lowest one in the unit */
  guint n_bits;
} CField;

/* A struct or union; all types that name it share it, so completing it completes them. */
typedef struct
{
  CName *tag; /* NULL: none */
  gboolean is_union;
  gboolean is_complete;
  gboolean has_flexible; /* the last member is an array of unknown size */
  CField *fields;
  guint n_fields;
  guint64 size;
  guint32 align;
  guint depth;  /* records in records */
  CName *alias; /* the first typedef of a record without a tag */
  TextSpan span;
  IrTypeId ir; /* 0: not lowered yet */
} CRecord;

typedef struct
{
  CName *name;
  gint64 value;
} CEnumerator;

typedef struct
{
  CName *tag;
  gboolean is_complete;
  gboolean is_signed;  /* as gcc: unsigned int unless a value is negative */
  GArray *enumerators; /* of CEnumerator, owned by the unit */
  CName *alias;
  TextSpan span;
  IrTypeId ir;
} CEnum;

struct _CType
{
  CTypeKind kind;
  gboolean is_const;
  gboolean is_volatile;
  CName *alias;   /* the typedef it was named by: how it is spelled */
  CType *plain;   /* without qualifiers; itself where it has none */
  CType *pointer; /* the pointer to it, made on demand */
  guint depth;    /* derivations in it */
  /* POINTER: what it points to; ARRAY: the element; FUNCTION: the result */
  CType *element;
  /* ARRAY */
  guint64 count;
  gboolean has_count;
  /* STRUCT, UNION; ENUM */
  CRecord *record;
  CEnum *enumeration;
  /* FUNCTION */
  CParameter *parameters;
  guint n_parameters;
  gboolean is_variadic;
  gboolean is_unprototyped; /* f () */
  IrTypeId ir;              /* 0: not lowered yet (but void is 0 for ever) */
};

/* The types without parts, and where new ones are made. */
typedef struct
{
  LangArena *arena;
  CType basic[C_TYPE_DOUBLE + 1];
  CType *error, *nothing, *boolean, *character, *integer, *natural, *long_integer, *size;
  CType *float_, *double_;
} CTypes;

void c_types_init (CTypes *types, LangArena *arena);

CType *c_type_new_pointer (CTypes *types, CType *to);
CType *c_type_new_array (CTypes *types, CType *element, gboolean has_count, guint64 count);
CType *c_type_new_function (CTypes *types, CType *result);
CType *c_type_new_record (CTypes *types, CRecord *record);
CType *c_type_new_enum (CTypes *types, CEnum *enumeration);
CType *c_type_qualify (CTypes *types, CType *type, gboolean is_const, gboolean is_volatile);
CType *c_type_alias (CTypes *types, CType *type, CName *alias);

gboolean c_type_is_error (const CType *type);
gboolean c_type_is_integer (const CType *type);
gboolean c_type_is_floating (const CType *type);
gboolean c_type_is_arithmetic (const CType *type);
gboolean c_type_is_scalar (const CType *type);
gboolean c_type_is_record (const CType *type);
gboolean c_type_is_aggregate (const CType *type);
gboolean c_type_is_void_pointer (const CType *type);
gboolean c_type_is_function_pointer (const CType *type);
gboolean c_type_is_signed (const CType *type);
gboolean c_type_is_complete (const CType *type);
guint c_type_get_part_depth (const CType *type);
gboolean c_type_has_const_part (const CType *type);
gboolean c_type_is_compatible (const CType *a, const CType *b);
gboolean c_type_is_same (const CType *a, const CType *b);

guint64 c_type_get_size (const CType *type);
guint32 c_type_get_align (const CType *type);

CType *c_type_promote (CTypes *types, CType *type);
CType *c_type_balance (CTypes *types, CType *a, CType *b);

const CField *c_record_find (const CRecord *record, const CName *name, guint *index);
void c_record_lay_out (CRecord *record);

char *c_type_spell (const CTypes *types, const CType *type);

G_END_DECLS
