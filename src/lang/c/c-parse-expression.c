/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Expressions (C11 6.5): the grammar. What each operator demands and gives stands in the check-files. */

#include "c-parse.h"

#include "c-literal.h"
#include "lang/lang-arena.h"

#include <string.h>

static CExpression *parse_unary (CParser *parser);

/* ---- primary expressions ---- */

/* The first of int, long and their unsigned kin that holds the number and is no shorter than its suffix (C11 6.4.4.1p5). */
static CType *
choose_number_type (CParser *parser, const CNumber *number)
{
  static const struct
  {
    CTypeKind kind;
    guint n_long;
    gboolean is_unsigned;
    guint64 most;
  } candidates[] = {
    { C_TYPE_INT, 0, FALSE, G_MAXINT32 },       { C_TYPE_UNSIGNED_INT, 0, TRUE, G_MAXUINT32 },
    { C_TYPE_LONG, 1, FALSE, G_MAXINT64 },      { C_TYPE_UNSIGNED_LONG, 1, TRUE, G_MAXUINT64 },
    { C_TYPE_LONG_LONG, 2, FALSE, G_MAXINT64 }, { C_TYPE_UNSIGNED_LONG_LONG, 2, TRUE, G_MAXUINT64 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      if (candidates[i].n_long < number->n_long || number->bits > candidates[i].most)
        continue;
      if (candidates[i].is_unsigned ? number->is_unsigned || !number->is_decimal
                                    : !number->is_unsigned)
        return &parser->types->basic[candidates[i].kind];
    }
  return &parser->types->basic[C_TYPE_UNSIGNED_LONG];
}

static CExpression *
parse_number (CParser *parser)
{
  const CToken *token = c_take (parser);
  CExpression *constant;
  CNumber number;

  if (!c_number_read (parser->context, token, &number))
    return c_new_error (parser, token->span);
  if (!number.is_floating)
    return c_new_integer (parser, choose_number_type (parser, &number), number.bits, token->span);
  constant = c_new_expression (parser, C_EXPRESSION_CONSTANT,
                               number.is_float ? parser->types->float_ : parser->types->double_,
                               token->span, NULL, NULL);
  constant->number = number.value;
  return constant;
}

static CExpression *
new_string (CParser *parser, const char *bytes, gsize n_bytes, TextSpan span)
{
  CType *type = c_type_new_array (parser->types, parser->types->character, TRUE, n_bytes + 1);
  CExpression *string = c_new_expression (parser, C_EXPRESSION_STRING, type, span, NULL, NULL);

  string->string.bytes = lang_arena_strndup (parser->context->arena, bytes, n_bytes);
  string->string.n_bytes = n_bytes + 1;
  string->is_lvalue = TRUE;
  return string;
}

/* strings = string+; neighbours are joined (C11 5.1.1.2, phase 6) */
static CExpression *
parse_strings (CParser *parser)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  guint first = parser->at;

  while (c_peek_kind (parser) == C_TOKEN_STRING)
    c_string_append (parser->context, c_take (parser), bytes);
  return new_string (parser, bytes->str, bytes->len, c_span_from (parser, first));
}

static CExpression *
report_undeclared (CParser *parser, const CToken *token)
{
  static const struct
  {
    const char *name, *header;
  } known[] = {
    { "NULL", "stddef.h" },     { "size_t", "stddef.h" },       { "bool", "stdbool.h" },
    { "true", "stdbool.h" },    { "false", "stdbool.h" },       { "INT_MAX", "limits.h" },
    { "INT_MIN", "limits.h" },  { "EXIT_FAILURE", "stdlib.h" }, { "EXIT_SUCCESS", "stdlib.h" },
    { "EOF", "stdio.h" },       { "stdin", "stdio.h" },         { "stdout", "stdio.h" },
    { "stderr", "stdio.h" },    { "assert", "assert.h" },       { "SIZE_MAX", "stdint.h" },
    { "UINT_MAX", "limits.h" }, { "LONG_MAX", "limits.h" },     { "CHAR_BIT", "limits.h" },
  };

  const char *suggestion = c_scope_suggest (parser, token->name->text);
  TextDiagnostic *diagnostic
      = c_report (parser->context, token->span, "undeclared",
                  text_message_new (TEXT_C_UNDECLARED, "s", token->name->text));

  /* Once is enough: from here on the name is something that fits everywhere. */
  c_scope_bind (parser, c_scope_new_symbol (parser, C_SYMBOL_VARIABLE, token->name,
                                            parser->types->error, token->span));
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].name, token->name->text) == 0)
      {
        c_add_help (diagnostic, text_message_new (TEXT_C_INCLUDE_HELP, "s", known[i].header));
        return c_new_error (parser, token->span);
      }
  if (suggestion != NULL)
    c_add_help (diagnostic, text_message_new (TEXT_C_DID_YOU_MEAN, "s", suggestion));
  return c_new_error (parser, token->span);
}

static gboolean
is_function_name (const CParser *parser, const CToken *token)
{
  return parser->function != NULL
         && (strcmp (token->name->text, "__func__") == 0
             || strcmp (token->name->text, "__FUNCTION__") == 0);
}

static CExpression *
parse_name (CParser *parser)
{
  const CToken *token = c_take (parser);
  CSymbol *symbol = token->name->symbol;
  CExpression *function;

  if (symbol == NULL && is_function_name (parser, token))
    {
      const char *name = parser->function->symbol->name->text;

      return new_string (parser, name, strlen (name), token->span);
    }
  if (symbol == NULL && c_peek_kind (parser) == C_TOKEN_LEFT_PAREN)
    symbol = c_declare_implicitly (parser, token->name, token->span);
  if (symbol == NULL)
    return report_undeclared (parser, token);
  switch (symbol->kind)
    {
    case C_SYMBOL_VARIABLE:
      if (c_type_is_error (symbol->type))
        return c_new_error (parser, token->span);
      if (!symbol->is_used)
        {
          symbol->is_used = TRUE;
          symbol->use = token->span;
        }
      return c_new_variable (parser, symbol, token->span);
    case C_SYMBOL_FUNCTION:
      function
          = c_new_expression (parser, C_EXPRESSION_FUNCTION, symbol->type, token->span, NULL, NULL);
      function->symbol = symbol;
      return function;
    case C_SYMBOL_ENUMERATOR:
      return c_new_integer (parser, symbol->type, symbol->value, token->span);
    case C_SYMBOL_TYPEDEF:
      break;
    }
  c_report (parser->context, token->span, "expected-token",
            text_message_new (TEXT_C_TYPE_AS_VALUE, "s", token->name->text));
  parser->is_lost = TRUE;
  return c_new_error (parser, token->span);
}

/* parenthesised = "(" expression ")" */
static CExpression *
parse_parenthesised (CParser *parser)
{
  guint first = parser->at;
  CExpression *expression;

  c_take (parser);
  if (c_peek_kind (parser) == C_TOKEN_LEFT_BRACE)
    {
      c_report_unsupported (parser->context, c_span_from (parser, first),
                            "a statement inside an expression (`({ … })`)");
      parser->is_lost = TRUE;
    }
  if (parser->is_lost || !c_nest (parser))
    return c_new_error (parser, c_peek (parser)->span);
  expression = c_parse_expression (parser);
  c_expect (parser, C_TOKEN_RIGHT_PAREN);
  c_unnest (parser);
  expression->span = c_span_from (parser, first);
  expression->is_parenthesised = TRUE;
  return expression;
}

/* offsetof = "__builtin_offsetof" "(" type-name "," name ("." name | "[" constant "]")* ")" */
static CExpression *
parse_offsetof (CParser *parser)
{
  guint first = parser->at;
  guint64 offset = 0;
  CType *type;

  c_take (parser);
  c_expect (parser, C_TOKEN_LEFT_PAREN);
  type = c_parse_type_name (parser);
  c_expect (parser, C_TOKEN_COMMA);
  while (!parser->is_lost)
    {
      const CToken *name = c_peek (parser);
      const CField *field = NULL;
      gint64 index = 0;
      guint at;

      if (type->kind == C_TYPE_ARRAY && c_accept (parser, C_TOKEN_LEFT_BRACKET))
        {
          c_parse_constant (parser, &index, NULL);
          c_expect (parser, C_TOKEN_RIGHT_BRACKET);
          type = type->element;
          offset += index * c_type_get_size (type);
        }
      else if (name->kind == C_TOKEN_IDENTIFIER && c_type_is_record (type)
               && (field = c_record_find (type->record, name->name, &at)) != NULL)
        {
          type = field->type;
          offset += field->offset;
          /* The name in an anonymous member is looked up in it next. */
          if (field->name == NULL)
            continue;
          c_take (parser);
        }
      else if (!c_type_is_error (type))
        {
          g_autofree char *spelling = c_type_spell (parser->types, type);
          g_autofree char *member = g_strndup (c_token_get_spelling (name), name->length);

          c_report (parser->context, name->span, "no-member",
                    text_message_new (TEXT_C_NO_MEMBER, "ss", spelling, member));
          parser->is_lost = TRUE;
        }
      else
        c_take (parser);
      if (!c_accept (parser, C_TOKEN_DOT) && c_peek_kind (parser) != C_TOKEN_LEFT_BRACKET)
        break;
    }
  c_expect (parser, C_TOKEN_RIGHT_PAREN);
  return c_new_integer (parser, parser->types->size, offset, c_span_from (parser, first));
}

/* primary = name | number | character | string+ | parenthesised | offsetof */
static CExpression *
parse_primary (CParser *parser)
{
  const CToken *token = c_peek (parser);

  switch ((guint)c_peek_kind (parser))
    {
    case C_TOKEN_IDENTIFIER:
      return parse_name (parser);
    case C_TOKEN_NUMBER:
      return parse_number (parser);
    case C_TOKEN_CHARACTER:
      c_take (parser);
      return c_new_integer (parser, parser->types->integer,
                            c_character_read (parser->context, token), token->span);
    case C_TOKEN_STRING:
      return parse_strings (parser);
    case C_TOKEN_LEFT_PAREN:
      return parse_parenthesised (parser);
    case C_TOKEN_OFFSETOF:
      return parse_offsetof (parser);
    case C_TOKEN_GENERIC:
      c_report_unsupported (parser->context, token->span, "`_Generic`");
      parser->is_lost = TRUE;
      break;
    default:
      c_report_unexpected (parser, "an expression");
      break;
    }
  return c_new_error (parser, token->span);
}

/* ---- postfix expressions ---- */

/* arguments = "(" [assignment ("," assignment)*] ")" */
static CExpression *
parse_call (CParser *parser, CExpression *callee, guint first)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  c_take (parser);
  if (!c_nest (parser))
    return c_new_error (parser, callee->span);
  if (c_peek_kind (parser) != C_TOKEN_RIGHT_PAREN)
    do
      g_ptr_array_add (list, c_parse_assignment (parser));
    while (c_accept (parser, C_TOKEN_COMMA));
  c_unnest (parser);
  if (!c_expect (parser, C_TOKEN_RIGHT_PAREN))
    return c_new_error (parser, callee->span);
  return c_check_call (parser, callee, (CExpression **)list->pdata, list->len,
                       c_span_from (parser, first));
}

/* compound-literal = "(" type-name ")" braced-initialiser; the type was read */
static CExpression *
parse_compound_literal (CParser *parser, CType *type, guint first)
{
  CSymbol *symbol = lang_arena_new0 (parser->context->arena, CSymbol);
  CExpression *literal;

  symbol->kind = C_SYMBOL_VARIABLE;
  symbol->type = type;
  symbol->span = TEXT_NO_SPAN;
  symbol->depth = parser->depth;
  symbol->function = parser->function;
  symbol->is_global = parser->function == NULL;
  symbol->is_defined = TRUE;
  symbol->is_in_block = TRUE;
  c_parse_initialiser (parser, symbol);
  if (parser->is_lost
      || !c_check_object_type (parser, symbol->type, c_span_from (parser, first), NULL))
    return c_new_error (parser, c_span_from (parser, first));
  g_ptr_array_add (symbol->is_global ? parser->unit->globals : parser->function->locals, symbol);
  literal
      = c_new_expression (parser, symbol->is_global ? C_EXPRESSION_VARIABLE : C_EXPRESSION_LITERAL,
                          symbol->type, c_span_from (parser, first), NULL, NULL);
  literal->symbol = symbol;
  literal->is_lvalue = TRUE;
  return literal;
}

static CExpression *
parse_member (CParser *parser, CExpression *object)
{
  const CToken *sign = c_take (parser), *name = c_peek (parser);

  if (c_peek_kind (parser) != C_TOKEN_IDENTIFIER)
    {
      c_report_unexpected (parser, "a member's name");
      return c_new_error (parser, object->span);
    }
  c_take (parser);
  return c_check_member (parser, object, sign, name);
}

/* postfix = (primary | compound-literal) ("[" expression "]" | arguments | ("." | "->") name | "++" | "--")*; begin: the first
 * token, which for a compound literal was read */
static CExpression *
parse_postfix (CParser *parser, CExpression *expression, guint first)
{
  while (!parser->is_lost)
    {
      const CToken *token = c_peek (parser);
      CExpression *index;

      switch ((guint)c_peek_kind (parser))
        {
        case C_TOKEN_LEFT_BRACKET:
          c_take (parser);
          if (!c_nest (parser))
            return expression;
          index = c_parse_expression (parser);
          c_unnest (parser);
          c_expect (parser, C_TOKEN_RIGHT_BRACKET);
          expression = c_check_index (parser, expression, index, c_span_from (parser, first));
          break;
        case C_TOKEN_LEFT_PAREN:
          expression = parse_call (parser, expression, first);
          break;
        case C_TOKEN_DOT:
        case C_TOKEN_ARROW:
          expression = parse_member (parser, expression);
          break;
        case C_TOKEN_PLUS_PLUS:
        case C_TOKEN_MINUS_MINUS:
          c_take (parser);
          expression = c_check_step (parser, token, expression, TRUE);
          break;
        default:
          return expression;
        }
      if (expression->line == 0)
        expression->line = parser->tokens[first].line;
    }
  return expression;
}

/* ---- unary expressions and casts ---- */

/* sizeof = ("sizeof" | "_Alignof") (unary | "(" type-name ")") */
static CExpression *
parse_sizeof (CParser *parser)
{
  CExpression *operand = NULL;
  const CToken *token = c_take (parser);
  gboolean is_align = token->kind == C_TOKEN_ALIGNOF;
  guint first = parser->at - 1;
  CType *type;

  if (c_peek_kind (parser) == C_TOKEN_LEFT_PAREN && c_begins_type (parser, c_peek_second (parser)))
    {
      c_take (parser);
      type = c_parse_type_name (parser);
      c_expect (parser, C_TOKEN_RIGHT_PAREN);
      if (c_peek_kind (parser) == C_TOKEN_LEFT_BRACE && !parser->is_lost)
        type = parse_postfix (parser, parse_compound_literal (parser, type, first + 1), first + 1)
                   ->type;
    }
  else
    {
      if (!c_nest (parser))
        return c_new_error (parser, token->span);
      operand = parse_unary (parser);
      c_unnest (parser);
      type = operand->type;
    }
  if (c_type_is_error (type) || parser->is_lost)
    return c_new_error (parser, token->span);
  if (operand != NULL && c_get_bit_field (operand) != NULL)
    {
      c_report (
          parser->context, c_span_from (parser, first), "bad-bit-field",
          text_message_new (TEXT_C_BIT_FIELD_SIZE, "s", c_get_bit_field (operand)->name->text));
      return c_new_error (parser, token->span);
    }
  if (type->kind != C_TYPE_VOID && !c_type_is_complete (type))
    {
      g_autofree char *spelling = c_type_spell (parser->types, type);

      c_report (parser->context, c_span_from (parser, first), "incomplete-type",
                text_message_new (TEXT_C_SIZEOF_INCOMPLETE, "s", spelling));
      return c_new_error (parser, token->span);
    }
  return c_new_integer (parser, parser->types->size,
                        is_align ? c_type_get_align (type) : c_type_get_size (type),
                        c_span_from (parser, first));
}

/* cast = "(" type-name ")" (cast | braced-initialiser postfix…) */
static CExpression *
parse_cast (CParser *parser)
{
  guint first = parser->at;
  CType *type;
  CExpression *value;

  c_take (parser);
  type = c_parse_type_name (parser);
  if (!c_expect (parser, C_TOKEN_RIGHT_PAREN))
    return c_new_error (parser, c_peek (parser)->span);
  if (c_peek_kind (parser) == C_TOKEN_LEFT_BRACE)
    return parse_postfix (parser, parse_compound_literal (parser, type, first), first);
  if (!c_nest (parser))
    return c_new_error (parser, c_peek (parser)->span);
  value = parse_unary (parser);
  c_unnest (parser);
  return c_check_cast (parser, type, value, c_span_from (parser, first));
}

/* unary = ("++" | "--" | "&" | "*" | "+" | "-" | "~" | "!") cast | sizeof | cast | postfix */
static CExpression *
parse_unary (CParser *parser)
{
  guint first = parser->at;
  const CToken *token = c_peek (parser);
  CExpression *expression;

  switch ((guint)c_peek_kind (parser))
    {
    case C_TOKEN_PLUS_PLUS:
    case C_TOKEN_MINUS_MINUS:
    case C_TOKEN_AMPERSAND:
    case C_TOKEN_STAR:
    case C_TOKEN_PLUS:
    case C_TOKEN_MINUS:
    case C_TOKEN_TILDE:
    case C_TOKEN_EXCLAMATION:
      c_take (parser);
      if (!c_nest (parser))
        return c_new_error (parser, token->span);
      expression = parse_unary (parser);
      c_unnest (parser);
      expression = token->kind == C_TOKEN_PLUS_PLUS || token->kind == C_TOKEN_MINUS_MINUS
                       ? c_check_step (parser, token, expression, FALSE)
                       : c_check_unary (parser, token, expression);
      break;
    case C_TOKEN_SIZEOF:
    case C_TOKEN_ALIGNOF:
      expression = parse_sizeof (parser);
      break;
    case C_TOKEN_AND_AND:
      c_report_unsupported (parser->context, token->span, "the address of a label (`&&`)");
      parser->is_lost = TRUE;
      return c_new_error (parser, token->span);
    case C_TOKEN_LEFT_PAREN:
      if (c_begins_type (parser, c_peek_second (parser)))
        {
          expression = parse_cast (parser);
          break;
        }
      G_GNUC_FALLTHROUGH;
    default:
      expression = parse_primary (parser);
      expression->line = token->line;
      return parse_postfix (parser, expression, first);
    }
  expression->line = token->line;
  return expression;
}

/* ---- binary expressions ---- */

/* binary = unary (operator unary)*, by precedence (C11 6.5.5 to 6.5.14) */
static CExpression *
parse_binary (CParser *parser, guint least)
{
  CExpression *left = parse_unary (parser);

  while (!parser->is_lost)
    {
      guint precedence = c_token_kind_get_precedence (c_peek_kind (parser));
      const CToken *sign;
      CExpression *right;

      if (precedence == 0 || precedence < least)
        break;
      sign = c_take (parser);
      right = parse_binary (parser, precedence + 1);
      if (parser->is_lost)
        break;
      left = c_check_binary (parser, sign, left, right);
    }
  return left;
}

/* conditional = binary ["?" expression ":" conditional] */
CExpression *
c_parse_conditional (CParser *parser)
{
  CExpression *condition = parse_binary (parser, 1), *yes, *no;

  if (!c_accept (parser, C_TOKEN_QUESTION))
    return condition;
  if (!c_nest (parser))
    return condition;
  if (c_peek_kind (parser) == C_TOKEN_COLON)
    {
      c_report_unsupported (parser->context, c_peek (parser)->span,
                            "`?:` without a middle operand");
      parser->is_lost = TRUE;
    }
  yes = c_parse_expression (parser);
  c_expect (parser, C_TOKEN_COLON);
  no = c_parse_conditional (parser);
  c_unnest (parser);
  return c_check_conditional (parser, condition, yes, no);
}

static gboolean
is_assignment (CTokenKind kind)
{
  return kind == C_TOKEN_EQUAL || (kind >= C_TOKEN_STAR_EQUAL && kind <= C_TOKEN_BAR_EQUAL);
}

/* assignment = conditional [("=" | "*=" | …) assignment] */
CExpression *
c_parse_assignment (CParser *parser)
{
  CExpression *left = c_parse_conditional (parser), *right;
  const CToken *sign;

  if (parser->is_lost || !is_assignment (c_peek_kind (parser)))
    return left;
  sign = c_take (parser);
  if (!c_nest (parser))
    return left;
  right = c_parse_assignment (parser);
  c_unnest (parser);
  if (parser->is_lost)
    return left;
  return c_check_assignment (parser, sign, left, right);
}

/* expression = assignment ("," assignment)* */
CExpression *
c_parse_expression (CParser *parser)
{
  CExpression *expression = c_parse_assignment (parser);

  while (c_accept (parser, C_TOKEN_COMMA))
    expression = c_check_comma (parser, expression, c_parse_assignment (parser));
  return expression;
}

/* A constant integer (C11 6.6p6): conditional. Reports what is none; value is then unchanged. type: (nullable) (out) */
gboolean
c_parse_constant (CParser *parser, gint64 *value, CType **type)
{
  CExpression *expression = c_check_value (parser, c_parse_conditional (parser));
  CConstant constant;

  if (parser->is_lost || expression->kind == C_EXPRESSION_ERROR)
    return FALSE;
  if (!c_type_is_integer (expression->type) || !c_evaluate (expression, &constant)
      || constant.symbol != NULL || constant.string != NULL)
    {
      c_report (parser->context, expression->span, "not-constant",
                text_message_new (TEXT_C_NOT_INTEGER_CONSTANT, ""));
      return FALSE;
    }
  *value = c_fold_to (expression->type, constant.bits);
  if (type != NULL)
    *type = expression->type;
  return TRUE;
}
