/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "c-tree.h"

G_BEGIN_DECLS

/* The parser and its parts. One function per rule of the grammar, the rule above it; the check-files hold the rules of typing.
 *
 * After a mistake in the syntax the parser is *lost*: rules return what they have and say nothing more, until the statement or
 * declaration is left. So one mistake is told once. */

typedef struct
{
  CName *name;
  CSymbol *covered;
} CScopeEntry;

typedef struct
{
  CName *name;
  CTag *covered;
} CTagEntry;

typedef struct
{
  CContext *context;
  CTypes *types; /* borrowed */
  CUnit *unit;
  const CToken *tokens; /* end with END */
  guint at;
  guint nesting;
  gboolean is_lost;
  gboolean is_library; /* reads one of our own sources */
  /* scopes */
  guint depth;
  GArray *names; /* of CScopeEntry */
  GArray *tags;  /* of CTagEntry */
  /* the function at hand */
  CFunction *function;
  CBlock *block;
  guint n_loops; /* that stand around */
  CStatement *switch_statement;
  CType *switch_type;
  GArray *case_values; /* of CCaseValue, of the innermost switch */
  GHashTable *case_table;
  GPtrArray *labels; /* of CLabel */
} CParser;

/* ---- c-parse.c: tokens ---- */

const CToken *c_peek (const CParser *parser);
const CToken *c_peek_second (const CParser *parser);
CTokenKind c_peek_kind (const CParser *parser);
const CToken *c_take (CParser *parser);
gboolean c_accept (CParser *parser, CTokenKind kind);
gboolean c_expect (CParser *parser, CTokenKind kind);
void c_report_unexpected (CParser *parser, const char *expected);
TextSpan c_span_from (const CParser *parser, guint first);
gboolean c_nest (CParser *parser);
void c_unnest (CParser *parser);
void c_skip_statement (CParser *parser);
void c_skip_braces (CParser *parser);
void c_skip_parens (CParser *parser);
void c_parse_unit (CParser *parser);

/* ---- c-scope.c ---- */

void c_scope_enter (CParser *parser);
void c_scope_leave (CParser *parser, guint32 end);
CSymbol *c_scope_new_symbol (CParser *parser, CSymbolKind kind, CName *name, CType *type,
                             TextSpan span);
void c_scope_bind (CParser *parser, CSymbol *symbol);
void c_scope_bind_tag (CParser *parser, CTag *tag);
CSymbol *c_scope_find_here (const CParser *parser, const CName *name);
const char *c_scope_suggest (const CParser *parser, const char *word);

/* ---- c-parse-type.c, c-parse-record.c, c-parse-declarator.c ---- */

typedef enum
{
  C_STORAGE_NONE,
  C_STORAGE_TYPEDEF,
  C_STORAGE_EXTERN,
  C_STORAGE_STATIC,
  C_STORAGE_AUTO,
  C_STORAGE_REGISTER,
} CStorage;

typedef struct
{
  CType *type;
  CStorage storage;
  TextSpan storage_span;
  TextSpan span;
  gboolean declares_tag; /* struct, union or enum with a tag or a body */
} CSpecifiers;

typedef struct
{
  CName *name;   /* NULL: abstract */
  TextSpan span; /* of the name, or of the place where it would stand */
  CType *type;
} CDeclarator;

gboolean c_begins_type (const CParser *parser, const CToken *token);
CSpecifiers c_parse_specifiers (CParser *parser, gboolean allows_storage);
CType *c_parse_type_name (CParser *parser);
CType *c_parse_record (CParser *parser);
CType *c_parse_enum (CParser *parser);
CDeclarator c_parse_declarator (CParser *parser, CType *base, gboolean may_be_abstract);
gboolean c_check_object_type (CParser *parser, CType *type, TextSpan span, const char *name);
void c_skip_attributes (CParser *parser);

/* ---- c-parse-declaration.c ---- */

CStatement *c_parse_declaration (CParser *parser);
void c_parse_external_declaration (CParser *parser);
void c_parse_static_assert (CParser *parser);
CSymbol *c_declare_function (CParser *parser, const CDeclarator *declarator, CStorage storage);
CSymbol *c_declare_implicitly (CParser *parser, CName *name, TextSpan span);

/* ---- c-parse-initialise.c ---- */

void c_parse_initialiser (CParser *parser, CSymbol *symbol);

/* ---- c-parse-statement.c ---- */

CStatement *c_parse_block (CParser *parser, gboolean is_body);
CStatement *c_new_statement (CParser *parser, CStatementKind kind, const CToken *first);

/* ---- c-parse-expression.c ---- */

CExpression *c_parse_expression (CParser *parser);
CExpression *c_parse_assignment (CParser *parser);
CExpression *c_parse_conditional (CParser *parser);
gboolean c_parse_constant (CParser *parser, gint64 *value, CType **type);

/* ---- c-tree.c: making nodes ---- */

CExpression *c_new_expression (CParser *parser, CExpressionKind kind, CType *type, TextSpan span,
                               CExpression *a, CExpression *b);
CExpression *c_new_error (CParser *parser, TextSpan span);
CExpression *c_new_integer (CParser *parser, CType *type, guint64 bits, TextSpan span);
CExpression *c_new_variable (CParser *parser, CSymbol *symbol, TextSpan span);

/* ---- c-check-….c: each gives an ERROR expression after it has reported ---- */

CType *c_get_value_type (CParser *parser, const CExpression *expression);
CExpression *c_check_value (CParser *parser, CExpression *expression);
CExpression *c_check_condition (CParser *parser, CExpression *expression);
CExpression *c_convert (CParser *parser, CExpression *expression, CType *type);

typedef enum
{
  C_ASSIGN_INITIALISE,
  C_ASSIGN_ASSIGN,
  C_ASSIGN_ARGUMENT,
  C_ASSIGN_RETURN,
} CAssignContext;

CExpression *c_check_assignable (CParser *parser, CExpression *value, CType *type,
                                 CAssignContext where, TextSpan span, const char *what);
CExpression *c_check_cast (CParser *parser, CType *type, CExpression *value, TextSpan span);

CExpression *c_check_binary (CParser *parser, const CToken *sign, CExpression *a, CExpression *b);
CExpression *c_check_unary (CParser *parser, const CToken *sign, CExpression *a);
CExpression *c_check_step (CParser *parser, const CToken *sign, CExpression *a,
                           gboolean is_postfix);
CExpression *c_check_conditional (CParser *parser, CExpression *condition, CExpression *yes,
                                  CExpression *no);
CExpression *c_check_comma (CParser *parser, CExpression *a, CExpression *b);
CExpression *c_check_assignment (CParser *parser, const CToken *sign, CExpression *a,
                                 CExpression *b);
CExpression *c_check_index (CParser *parser, CExpression *a, CExpression *b, TextSpan span);
CExpression *c_check_member (CParser *parser, CExpression *a, const CToken *sign,
                             const CToken *name);
CExpression *c_check_call (CParser *parser, CExpression *callee, CExpression **arguments,
                           guint n_arguments, TextSpan span);
CExpression *c_select (CParser *parser, CExpression *object, guint field, TextSpan span);
gboolean c_is_null_pointer (const CExpression *expression);
void c_mark_address_taken (CExpression *lvalue);
void c_mark_used (CSymbol *function, TextSpan span);

/* ---- c-fold.c ---- */

guint64 c_fold_to (const CType *type, guint64 bits);
CExpression *c_fold (CParser *parser, CExpression *expression);

/* The value that is known before the program runs (C11 6.6): a number, or the address of something that lives as long as the
 * program. */
typedef struct
{
  const CSymbol *symbol;     /* variable or function whose address it is */
  const CExpression *string; /* or the string */
  guint64 bits;              /* the number, or the bytes behind the address */
  double number;             /* of a floating type */
} CConstant;

gboolean c_evaluate (const CExpression *expression, CConstant *constant);

G_END_DECLS
