/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Types of the IR: how many bytes, how to read them, and how the learner would write the type.
 *
 * Two spellings of one layout (`int` and `const int`, a typedef's name) are two IrTypes, since the picture shows the
 * spelling; the machine looks at kind, size and sign only. A type is named by its index in the program. */

typedef guint32 IrTypeId;

typedef enum
{
  IR_TYPE_VOID,       /* no value; only behind pointers and as a result */
  IR_TYPE_BOOL,       /* one byte, 0 or 1 */
  IR_TYPE_INT,        /* size 1, 2, 4 or 8, two's complement, little endian */
  IR_TYPE_FLOAT,      /* size 4 or 8, IEEE 754 */
  IR_TYPE_POINTER,    /* 8 bytes, with provenance; fat, to a SLICE or DYN: 16, with two fields */
  IR_TYPE_ARRAY,      /* count elements in a row */
  IR_TYPE_STRUCT,     /* fields at their offsets */
  IR_TYPE_UNION,      /* fields that share their bytes */
  IR_TYPE_ENUM,       /* an integer whose values have names */
  IR_TYPE_FUNCTION,   /* only behind pointers */
  IR_TYPE_VARIANT,    /* one of several structs at offset 0, told apart by a tag (Rust's enum) */
  IR_TYPE_SLICE,      /* elements in a row, as many as the fat pointer to them says */
  IR_TYPE_DYN,        /* a value of some type, which the vtable in the fat pointer to it knows */
  IR_TYPE_PARAMETER,  /* generic: argument `count` of what it stands in */
  IR_TYPE_APPLY,      /* generic: the template `element` with its arguments */
  IR_TYPE_ASSOCIATED, /* generic: <arguments as trait>::Name, the name's number in `count` */
} IrTypeKind;

/* How a machine operation reads a scalar. */
typedef enum
{
  IR_SCALAR_I8,
  IR_SCALAR_U8,
  IR_SCALAR_I16,
  IR_SCALAR_U16,
  IR_SCALAR_I32,
  IR_SCALAR_U32,
  IR_SCALAR_I64,
  IR_SCALAR_U64,
  IR_SCALAR_F32,
  IR_SCALAR_F64,
  IR_SCALAR_POINTER,
  IR_SCALAR_NONE, /* not a scalar: void, array, struct, union, function */
} IrScalar;

typedef struct
{
  char *name; /* owned; of a parameter it may be NULL */
  IrTypeId type;
  guint64 offset; /* bytes from the beginning of the struct */
  /* Of a bit-field, whose type and offset are those of the unit that it lies in; for those who show it. */
  guint bit;    /* its lowest one in the unit */
  guint n_bits; /* 0: not a bit-field */
  guint64 tag;  /* VARIANT: what stands in the tag when this variant does */
} IrField;

typedef struct
{
  char *name; /* owned */
  gint64 value;
} IrEnumerator;

/* Attributes of a struct as an object of a managed heap. */
typedef enum
{
#define ATTRIBUTE(id, name, meaning) IR_OBJECT_##id,
#include "ir-object.def"
#undef ATTRIBUTE
  IR_N_OBJECT_ATTRIBUTES,
} IrObjectAttribute;

const char *ir_object_attribute_get_name (IrObjectAttribute attribute);

/* By attribute; -1: not there. */
typedef struct
{
  gint64 values[IR_N_OBJECT_ATTRIBUTES];
} IrObject;

typedef enum
{
#define VIEW_KIND(id, name, meaning) IR_VIEW_##id,
#include "ir-view.def"
#undef VIEW_KIND
  IR_N_VIEW_KINDS,
} IrViewKind;

typedef enum
{
#define VIEW_PATH(id, name, meaning) IR_VIEW_##id,
#include "ir-view.def"
#undef VIEW_PATH
  IR_N_VIEW_PATHS,
} IrViewPathKind;

const char *ir_view_kind_get_name (IrViewKind kind);
const char *ir_view_path_get_name (IrViewPathKind path);

/* From a value to a part of it or to what it points to: fields' numbers, and IR_VIEW_FOLLOW for a pointer that is followed. */
#define IR_VIEW_MAX_STEPS 8
#define IR_VIEW_FOLLOW G_MAXUINT16

typedef struct
{
  gboolean is_given;
  guint n_steps; /* 0: the value itself */
  guint16 steps[IR_VIEW_MAX_STEPS];
} IrViewPath;

typedef struct
{
  IrViewKind kind;
  IrViewPath paths[IR_N_VIEW_PATHS];
} IrView;

typedef struct
{
  IrTypeKind kind;
  char *name; /* owned; as the learner writes it: "struct node *" */
  guint64 size;
  guint32 align;
  gboolean is_signed;   /* INT, ENUM */
  gboolean is_char;     /* INT of size 1 that is shown as a character */
  gboolean is_const;    /* shown with a lock */
  gboolean is_variadic; /* FUNCTION */
  gboolean is_managed;  /* POINTER: a reference that the strategy follows or counts */
  gboolean is_nonnull;  /* POINTER that is never NULL: a variant may use that value as its tag */
  gboolean is_open;     /* STRUCT, UNION, VARIANT whose layout ir_instantiate() computes */
  gboolean is_ordered;  /* open STRUCT that keeps its fields in declared order, as #[repr(C)] */
  IrTypeId element;     /* POINTER: what it points to; ARRAY: the element; FUNCTION: the result */
  guint64 count;        /* ARRAY: number of elements */
  GArray *fields;       /* of IrField: STRUCT, UNION: members; FUNCTION: parameters; else NULL */
  GArray *enumerators;  /* of IrEnumerator: ENUM, else NULL */
  guint32 frame_of;     /* STRUCT of a heap block with a frame: the function's id plus 1, else 0 */
  IrObject *object;     /* owned; STRUCT that says more of itself as an object, else NULL */
  IrView *view;         /* owned; STRUCT that is not shown by its fields, else NULL */
  /* VARIANT: its fields are the variants. */
  IrTypeId tag_type;  /* how the tag is read; void: there is one variant and no tag */
  guint64 tag_offset; /* bytes */
  guint32 otherwise;  /* the variant that each other tag means, or IR_NO_VARIANT */
  /* Generic programs only. */
  guint n_parameters; /* of a template */
  guint32 trait;      /* DYN, ASSOCIATED */
  GArray *arguments;  /* of IrTypeId: APPLY; ASSOCIATED: Self, then the trait's; else NULL */
} IrType;

#define IR_NO_VARIANT G_MAXUINT32

GArray *ir_fields_new (void);
IrScalar ir_type_get_scalar (const IrType *type);
gboolean ir_type_is_integer (const IrType *type);
gboolean ir_type_is_fat (const IrType *type);
guint ir_scalar_get_size (IrScalar scalar);
gboolean ir_scalar_is_signed (IrScalar scalar);
const char *ir_scalar_get_name (IrScalar scalar);

G_END_DECLS
