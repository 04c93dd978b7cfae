/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ir-build.h"
#include "ir-generic.h"

G_BEGIN_DECLS

/* From a generic program to a final one: shared by ir-instantiate.c (functions), ir-instantiate-body.c (their instructions),
 * ir-substitute.c (types), ir-layout.c (sizes and offsets), ir-impl.c (which impl), ir-glue.c (drop glue and vtables).
 *
 * Types, functions and globals of the final program are numbered in the order in which they are met. Those that the generic program has
 * are written `from`, the final ones `to`. */

#define IR_MAX_INSTANCES 5000
#define IR_MAX_TYPE_DEPTH 64

#define IR_NO_TYPE G_MAXUINT32

/* What a final type was made of. */
typedef struct
{
  IrTypeId from;     /* template or other type of the generic program; IR_NO_TYPE: made here */
  GArray *arguments; /* of IrTypeId (to); NULL: none */
  enum
  {
    IR_LAYOUT_OPEN,
    IR_LAYOUT_RUNNING,
    IR_LAYOUT_DONE,
  } layout;
  guint nesting;   /* of types in its arguments */
  gint needs_drop; /* -1: not known yet */
} IrOrigin;

/* A function that is wanted and has no body yet. */
typedef struct
{
  IrFunctionId from; /* IR_NO_FUNCTION: drop glue of the type `glue` */
  IrTypeId glue;     /* to */
  GArray *arguments; /* of IrTypeId (to) */
  IrFunctionId to;
} IrInstance;

typedef struct
{
  const IrProgram *from;
  IrProgram *to;
  TextDiagnostics *diagnostics;
  GHashTable *known;  /* look-up only: text that names a type, function or global -> its id */
  GArray *origins;    /* of IrOrigin, by final type */
  GPtrArray *waiting; /* of IrInstance */
  guint depth;        /* of impls that impls ask for, at the moment */
  const char *where;  /* the function at hand, for messages; borrowed */
  TextSpan span;
  gboolean failed;
} IrInstantiation;

gboolean ir_instantiation_complain (IrInstantiation *self, TextMessageId message, guint64 number);
gboolean ir_instantiation_find (IrInstantiation *self, const char *key, guint32 *id);
void ir_instantiation_keep (IrInstantiation *self, const char *key, guint32 id);
IrFunctionId ir_instantiation_want (IrInstantiation *self, IrFunctionId from,
                                    const GArray *arguments);
IrGlobalId ir_instantiation_want_global (IrInstantiation *self, IrGlobalId from);
void ir_instantiate_body (IrInstantiation *self, const IrInstance *instance);

IrTypeId ir_substitute (IrInstantiation *self, IrTypeId from, const GArray *arguments);
GArray *ir_substitute_list (IrInstantiation *self, const IrTypeId *types, guint n,
                            const GArray *arguments);
char *ir_substitute_name (IrInstantiation *self, const char *name, const GArray *arguments);
IrTypeId ir_instantiation_pointer_to (IrInstantiation *self, IrTypeId element);
IrTypeId ir_instantiation_integer (IrInstantiation *self, guint size);
IrTypeId ir_instantiation_truth (IrInstantiation *self);
IrTypeId ir_instantiation_array (IrInstantiation *self, IrTypeId element, guint64 count);
IrTypeId ir_instantiation_function_type (IrInstantiation *self, IrTypeId parameter);
IrOrigin *ir_instantiation_get_origin (IrInstantiation *self, IrTypeId to);
void ir_instantiation_add_origin (IrInstantiation *self, IrTypeId from, const GArray *arguments);

const IrType *ir_lay_out (IrInstantiation *self, IrTypeId to);

const IrImpl *ir_find_impl (IrInstantiation *self, IrTraitId trait, const IrTypeId *arguments,
                            guint n, gboolean must_exist, GArray **bound);

gboolean ir_needs_drop (IrInstantiation *self, IrTypeId to);
void ir_emit_drop (IrInstantiation *self, IrBuilder *builder, IrPlace place);
IrGlobalId ir_want_vtable (IrInstantiation *self, IrTypeId to, IrTraitId trait);
void ir_build_glue (IrInstantiation *self, const IrInstance *instance);

G_END_DECLS
