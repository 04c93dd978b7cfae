/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "c-parse.h"
#include "ir/ir-build.h"

G_BEGIN_DECLS

/* The typed tree into the IR.
 *
 * A value is an operand. One that says `copy` of a place is read only by the instruction that uses it, so whoever lowers
 * something with effects in between must hold it first (c_lower_hold). A place that begins with a register, or has one as an
 * index, can be used once only: using it empties the register. One that is used again must last (c_lower_lasting_place). */

typedef struct
{
  IrTypeId type;
  IrSlotId slot;
  gboolean is_used; /* by the statement at hand */
} CScratch;

typedef struct
{
  CBlock *block;
  guint n_live; /* of CLower.live when the scope began */
} CLowerScope;

/* A block that is made when something jumps to it; nothing does, and there is none. */
typedef struct
{
  IrBlockId id;
  gboolean is_made;
  guint n_scopes; /* that stay open when it is jumped to */
} CTarget;

typedef struct
{
  CContext *context;
  CTypes *types;
  CUnit *unit;
  IrProgram *program; /* owned by c_compile */
  /* types */
  GHashTable *type_ids;    /* spelling and parts → IrTypeId */
  GPtrArray *open_records; /* of CType, whose members are still to be added */
  GHashTable *literals;    /* GBytes → IrGlobalId */
  /* the function at hand */
  IrBuilder builder;
  CFunction *function;
  gboolean has_stops; /* not in the library */
  GArray *scratches;  /* of CScratch */
  GArray *scopes;     /* of CLowerScope */
  GArray *live;       /* of IrSlotId: incarnations that their scopes' ends close */
  CTarget *break_to;  /* NULL: none */
  CTarget *continue_to;
  guint32 header_line; /* of the statement around, on whose line a body has no STOP; 0: none */
} CLower;

/* c-lower.c */
void c_lower_unit (CLower *lower);
void c_lower_span (CLower *lower, TextSpan span);
IrPlace c_lower_new_register (CLower *lower, IrTypeId type);
IrPlace c_lower_new_slot (CLower *lower, IrTypeId type);
void c_lower_free_slots (CLower *lower);
IrBlockId c_target_get (CLower *lower, CTarget *target);
void c_target_place (CLower *lower, CTarget *target);
void c_lower_jump (CLower *lower, CTarget *target);
gboolean c_lower_is_ended (const CLower *lower);

/* c-lower-type.c */
IrTypeId c_lower_type (CLower *lower, CType *type);
IrScalar c_lower_scalar (CLower *lower, CType *type);

/* c-lower-global.c */
void c_lower_globals (CLower *lower);
IrGlobalId c_lower_literal (CLower *lower, const char *bytes, gsize n_bytes);
IrOperand c_lower_constant (CLower *lower, const CConstant *constant, CType *type);

/* c-lower-function.c */
void c_lower_declare_functions (CLower *lower);
void c_lower_functions (CLower *lower);
IrFunctionId c_lower_function_id (CLower *lower, CSymbol *symbol);
IrLeafId c_lower_find_leaf (const CSymbol *symbol);
gboolean c_lower_check_callable (CLower *lower, const CSymbol *symbol, TextSpan span);

/* c-lower-value.c */
IrOperand c_lower_value (CLower *lower, const CExpression *expression);
void c_lower_into (CLower *lower, const CExpression *expression, IrPlace dest);
void c_lower_effect (CLower *lower, const CExpression *expression);
IrOperand c_lower_hold (CLower *lower, IrOperand operand, const CExpression *expression);
IrOperand c_lower_zero (CLower *lower, CType *type);
void c_lower_pair (CLower *lower, const CExpression *parent, IrOperand *a, IrOperand *b);

/* c-lower-place.c */
IrPlace c_lower_place (CLower *lower, const CExpression *expression);
IrPlace c_lower_lasting_place (CLower *lower, const CExpression *expression);
void c_lower_address (CLower *lower, const CExpression *lvalue, IrPlace dest, CType *type);
gboolean c_place_may_fault (const IrPlace *place);
gboolean c_is_plain_place (CLower *lower, const CExpression *expression);

/* c-lower-bit-field.c */
CType *c_lower_unit_type (CLower *lower, const CField *field);
IrOperand c_lower_bit_field (CLower *lower, const CExpression *member);
void c_lower_bit_field_item (CLower *lower, const CItem *item);
void c_lower_bit_field_assign (CLower *lower, const CExpression *assign, IrOperand *value);
void c_lower_bit_field_update (CLower *lower, const CExpression *update, IrOperand b,
                               IrOperand *value);

/* c-lower-update.c */
void c_lower_assign (CLower *lower, const CExpression *assign, IrOperand *value);
void c_lower_update (CLower *lower, const CExpression *update, IrOperand *value);

/* c-lower-call.c */
void c_lower_call (CLower *lower, const CExpression *call, IrPlace dest, CType *hint);

/* c-lower-variadic.c */
CType *c_lower_row_type (CLower *lower);
void c_lower_further_arguments (CLower *lower, const CExpression *call, GArray *operands);

/* c-lower-condition.c */
void c_lower_condition (CLower *lower, const CExpression *condition, CTarget *yes, CTarget *no);

/* c-lower-initialise.c */
void c_lower_begin_life (CLower *lower, CSymbol *symbol);
gboolean c_lower_needs_memset (const CSymbol *symbol);
void c_lower_initialise (CLower *lower, CSymbol *symbol);

/* c-lower-statement.c */
void c_lower_statement (CLower *lower, const CStatement *statement);
void c_lower_stop (CLower *lower, IrStopKind kind, TextSpan span);

G_END_DECLS
