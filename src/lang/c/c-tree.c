/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making expressions: see c-parse.h. */

#include "c-parse.h"

#include "lang/lang-arena.h"

static gboolean
is_effect (CExpressionKind kind)
{
  return kind == C_EXPRESSION_ASSIGN || kind == C_EXPRESSION_UPDATE || kind == C_EXPRESSION_STEP
         || kind == C_EXPRESSION_CALL || kind == C_EXPRESSION_LITERAL;
}

/* a, b: (nullable). A row of operators that is longer than what later recursion may visit is a bound. */
CExpression *
c_new_expression (CParser *parser, CExpressionKind kind, CType *type, TextSpan span, CExpression *a,
                  CExpression *b)
{
  CExpression *expression = lang_arena_new0 (parser->context->arena, CExpression);

  expression->kind = kind;
  expression->type = type;
  expression->span = span;
  expression->a = a;
  expression->b = b;
  expression->line = a != NULL ? a->line : 0;
  expression->depth = 1 + MAX (a != NULL ? a->depth : 0, b != NULL ? b->depth : 0);
  expression->has_effects
      = is_effect (kind) || (a != NULL && a->has_effects) || (b != NULL && b->has_effects);
  if (expression->depth > C_MAX_EXPRESSION_DEPTH)
    {
      c_report_limit (
          parser->context, span, "limit",
          text_message_new (TEXT_C_EXPRESSION_LIMIT, "u", (guint64)C_MAX_EXPRESSION_DEPTH));
      return c_new_error (parser, span);
    }
  return expression;
}

/* What stands for a mistake that was reported. */
CExpression *
c_new_error (CParser *parser, TextSpan span)
{
  return c_new_expression (parser, C_EXPRESSION_ERROR, parser->types->error, span, NULL, NULL);
}

CExpression *
c_new_integer (CParser *parser, CType *type, guint64 bits, TextSpan span)
{
  CExpression *constant = c_new_expression (parser, C_EXPRESSION_CONSTANT, type, span, NULL, NULL);

  constant->bits = c_fold_to (type, bits);
  return constant;
}

CExpression *
c_new_variable (CParser *parser, CSymbol *symbol, TextSpan span)
{
  CExpression *variable
      = c_new_expression (parser, C_EXPRESSION_VARIABLE, symbol->type, span, NULL, NULL);

  variable->symbol = symbol;
  variable->is_lvalue = TRUE;
  return variable;
}
