/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "c-type.h"
#include "ir/ir-program.h"

G_BEGIN_DECLS

/* The typed tree of one source. The parser makes it with all conversions written out, so that lowering need not know C's rules
 * of typing. Everything stands in the arena of the compilation. */

typedef struct _CExpression CExpression;
typedef struct _CStatement CStatement;
typedef struct _CFunction CFunction;
typedef struct _CItem CItem;
typedef struct _CBlock CBlock;

/* ---- what names stand for ---- */

typedef enum
{
  C_SYMBOL_VARIABLE,
  C_SYMBOL_FUNCTION,
  C_SYMBOL_TYPEDEF,
  C_SYMBOL_ENUMERATOR,
} CSymbolKind;

struct _CSymbol
{
  CSymbolKind kind;
  CName *name; /* NULL: a compound literal */
  CType *type;
  TextSpan span;       /* of the name */
  guint depth;         /* of its scope; 0: the file */
  gboolean is_library; /* declared in one of our texts */
  gboolean is_static;  /* of internal linkage */
  gboolean is_defined;
  gboolean is_used; /* FUNCTION: called, or its address taken; `use` is where first */
  TextSpan use;
  /* VARIABLE */
  gboolean is_global; /* lives as long as the program: file scope, static, extern */
  gboolean is_parameter;
  gboolean is_hidden; /* a parameter that the program did not write */
  gboolean is_address_taken;
  gboolean is_register; /* has no address */
  gboolean is_extern;   /* declared with extern and no initialiser */
  CFunction *function;  /* that it is local to; of a static local too */
  TextSpan scope;       /* where the name can be used */
  CItem *items;         /* what initialises it; NULL: nothing */
  gboolean has_initialiser;
  gboolean is_in_block; /* declared in a block inside the function's own */
  guint32 ir;           /* slot or global */
  gboolean is_lowered;
  /* FUNCTION */
  CFunction *definition; /* NULL: only declared */
  /* ENUMERATOR */
  gint64 value;
};

struct _CTag
{
  CName *name;
  CType *type; /* unqualified struct, union or enum */
  guint depth;
  TextSpan span;
};

/* ---- expressions ---- */

typedef enum
{
  C_EXPRESSION_ERROR,      /* reported */
  C_EXPRESSION_CONSTANT,   /* bits or number */
  C_EXPRESSION_VARIABLE,   /* symbol */
  C_EXPRESSION_FUNCTION,   /* symbol */
  C_EXPRESSION_STRING,     /* bytes, n_bytes with the NUL */
  C_EXPRESSION_LITERAL,    /* a compound literal: symbol, whose items initialise it here */
  C_EXPRESSION_MEMBER,     /* a.field */
  C_EXPRESSION_INDEX,      /* a[b], a an array */
  C_EXPRESSION_DEREF,      /* *a */
  C_EXPRESSION_ADDRESS,    /* &a; of an array that decays: the address of its first element */
  C_EXPRESSION_CONVERT,    /* a, as the type */
  C_EXPRESSION_NEGATE,     /* -a */
  C_EXPRESSION_COMPLEMENT, /* ~a */
  C_EXPRESSION_NOT,        /* !a */
  C_EXPRESSION_BINARY, /* a opcode b: arithmetic and comparisons, both of one type but for shifts */
  C_EXPRESSION_POINTER,     /* a + b, a - b: pointer and integer */
  C_EXPRESSION_DIFFERENCE,  /* a - b: pointers */
  C_EXPRESSION_AND,         /* a && b */
  C_EXPRESSION_OR,          /* a || b */
  C_EXPRESSION_CONDITIONAL, /* a ? b : c */
  C_EXPRESSION_COMMA,       /* a, b */
  C_EXPRESSION_ASSIGN,      /* a = b */
  C_EXPRESSION_UPDATE,      /* a opcode= b, computed as `computed` */
  C_EXPRESSION_STEP,        /* ++a, a++, --a, a--: as UPDATE by b, which is 1 */
  C_EXPRESSION_CALL,        /* a (arguments), a a FUNCTION or a pointer to one */
} CExpressionKind;

struct _CExpression
{
  CExpressionKind kind;
  guint8 opcode;          /* BINARY, POINTER, UPDATE, STEP: an IrOpcode */
  guint8 is_lvalue : 1;   /* names an object */
  guint8 has_effects : 1; /* evaluating it changes something, or may */
  guint8 is_postfix : 1;  /* STEP */
  guint8 is_cast : 1;     /* CONVERT: written by the learner */
  guint8 is_parenthesised : 1;
  guint16 depth; /* operators in it */
  guint32 line;  /* where it begins, as CToken.line */
  CType *type;
  TextSpan span;
  CExpression *a, *b;
  union
  {
    guint64 bits;    /* CONSTANT: integer or pointer, extended to 64 bits by its type's sign */
    double number;   /* CONSTANT of a floating type */
    CSymbol *symbol; /* VARIABLE, FUNCTION, LITERAL */
    guint field;     /* MEMBER: index in the record */
    CExpression *c;  /* CONDITIONAL */
    CType *computed; /* UPDATE, STEP */
    struct
    {
      const char *bytes;
      guint n_bytes;
    } string;
    struct
    {
      CExpression **list;
      guint n;
    } arguments;
  };
};

/* The field that the expression names where it is a bit-field, else NULL. */
static inline const CField *
c_get_bit_field (const CExpression *expression)
{
  const CField *field;

  if (expression->kind != C_EXPRESSION_MEMBER)
    return NULL;
  field = &expression->a->type->record->fields[expression->field];
  return field->is_bit_field ? field : NULL;
}

/* One part of an initialiser, flattened: target is an lvalue inside the object, or the object itself. */
struct _CItem
{
  CExpression *target;
  guint64 offset; /* of the target in the object, in bytes */
  CExpression *value;
  CItem *next;
};

/* ---- statements ---- */

typedef enum
{
  C_STATEMENT_EMPTY,
  C_STATEMENT_EXPRESSION,  /* expression */
  C_STATEMENT_DECLARATION, /* symbols */
  C_STATEMENT_BLOCK,       /* first, block */
  C_STATEMENT_IF,          /* expression, body, otherwise */
  C_STATEMENT_WHILE,       /* expression, body */
  C_STATEMENT_DO,          /* body, expression */
  C_STATEMENT_FOR,    /* first (a declaration or expression), expression, update, body, block */
  C_STATEMENT_SWITCH, /* expression, body, cases */
  C_STATEMENT_CASE,   /* value, or is_default; of target */
  C_STATEMENT_BREAK,
  C_STATEMENT_CONTINUE,
  C_STATEMENT_RETURN, /* expression or NULL */
  C_STATEMENT_GOTO,   /* label */
  C_STATEMENT_LABEL,  /* label */
} CStatementKind;

struct _CLabel
{
  CName *name;
  TextSpan span; /* of its definition, or of the first goto */
  gboolean is_defined;
  CBlock *block; /* that it stands in */
  guint32 ir;    /* block of the IR */
  gboolean is_lowered;
};

/* A scope of names in a function. */
struct _CBlock
{
  CBlock *outer;
  guint depth;
};

struct _CStatement
{
  CStatementKind kind;
  gboolean has_label; /* a case or label stands in it, so it can be entered from elsewhere */
  gboolean is_default;
  guint32 line; /* of the first token */
  TextSpan span;
  CStatement *next; /* in its block */
  CExpression *expression;
  CExpression *update;
  CStatement *first;
  CStatement *body;
  CStatement *otherwise;
  CBlock *block;
  CLabel *label;
  guint64 value;     /* CASE */
  guint32 ir;        /* CASE: block of the IR */
  CStatement *cases; /* SWITCH: the first of its cases */
  CStatement *next_case;
  CSymbol **symbols; /* DECLARATION */
  guint n_symbols;
};

struct _CFunction
{
  CSymbol *symbol;
  CType *type;        /* of the definition */
  TextSpan body_span; /* from the opening to behind the closing brace */
  TextSpan end_span;  /* the closing brace */
  CStatement *body;   /* a BLOCK */
  GPtrArray *locals;  /* of CSymbol, the parameters first; owned by the unit */
  gboolean has_labels;
  IrFunctionId ir;
};

/* All of a source. */
typedef struct
{
  GPtrArray *globals;     /* of CSymbol that are defined here, in order; static locals too */
  GPtrArray *functions;   /* of CFunction, in order */
  GPtrArray *arrays;      /* of GPtrArray: rows of locals */
  GPtrArray *enumerators; /* of GArray */
  CSymbol *main;
} CUnit;

G_END_DECLS
