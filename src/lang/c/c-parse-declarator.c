/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Declarators (C11 6.7.6): what stands around the declared name. They read from the inside out, so the text of a parenthesised
 * declarator is remembered, what stands behind it is applied to the base, and then the inside is read. */

#include "c-parse.h"

#include "lang/lang-arena.h"

#include <string.h>

static CType *
check_depth (CParser *parser, CType *type)
{
  if (type->depth <= C_MAX_TYPE_DEPTH && c_type_get_part_depth (type) <= C_MAX_PART_DEPTH)
    return type;
  c_report_limit (parser->context, c_peek (parser)->span, "limit",
                  text_message_new (TEXT_C_NESTING_LIMIT, "u", (guint64)C_MAX_TYPE_DEPTH));
  return parser->types->error;
}

/* pointer = ("*" qualifier*)* */
static CType *
parse_pointers (CParser *parser, CType *type)
{
  while (c_accept (parser, C_TOKEN_STAR))
    {
      gboolean is_const = FALSE, is_volatile = FALSE;

      for (;;)
        {
          if (c_accept (parser, C_TOKEN_CONST))
            is_const = TRUE;
          else if (c_accept (parser, C_TOKEN_VOLATILE))
            is_volatile = TRUE;
          else if (!c_accept (parser, C_TOKEN_RESTRICT))
            break;
        }
      type = c_type_new_pointer (parser->types, type);
      type = c_type_qualify (parser->types, type, is_const, is_volatile);
      type = check_depth (parser, type);
    }
  return type;
}

/* ---- arrays ---- */

static CType *
make_array (CParser *parser, CType *element, gboolean has_count, gint64 count, TextSpan span)
{
  g_autofree char *spelling = NULL;

  if (c_type_is_error (element))
    return element;
  spelling = c_type_spell (parser->types, element);
  if (element->kind == C_TYPE_VOID || element->kind == C_TYPE_FUNCTION
      || !c_type_is_complete (element))
    {
      c_report (parser->context, span, "incomplete-type",
                text_message_new (TEXT_C_BAD_ELEMENT, "s", spelling));
      return parser->types->error;
    }
  if (has_count && count < 0)
    {
      c_report (parser->context, span, "bad-size", text_message_new (TEXT_C_NEGATIVE_SIZE, ""));
      return parser->types->error;
    }
  if (has_count && c_type_get_size (element) > 0
      && (guint64)count > (guint64)C_MAX_OBJECT_BYTES / c_type_get_size (element))
    {
      c_report (parser->context, span, "too-big",
                text_message_new (TEXT_C_OBJECT_TOO_BIG, "su", "the array",
                                  c_type_get_size (element) * (guint64)count));
      return parser->types->error;
    }
  return check_depth (parser, c_type_new_array (parser->types, element, has_count, count));
}

/* array-suffix = "[" [static] qualifier* [constant] "]"; in a parameter the size is only a hint, and may be anything */
static CType *
parse_array (CParser *parser, CType *element, CType *(*parse_suffix) (CParser *, CType *))
{
  guint first = parser->at;
  gboolean has_count = FALSE;
  CExpression *size = NULL;
  TextSpan span;
  gint64 count = 0;

  c_take (parser);
  while (c_accept (parser, C_TOKEN_STATIC) || c_accept (parser, C_TOKEN_CONST)
         || c_accept (parser, C_TOKEN_RESTRICT) || c_accept (parser, C_TOKEN_VOLATILE))
    ;
  if (c_peek_kind (parser) != C_TOKEN_RIGHT_BRACKET)
    {
      size = c_check_value (parser, c_parse_assignment (parser));
      has_count = TRUE;
    }
  c_expect (parser, C_TOKEN_RIGHT_BRACKET);
  span = c_span_from (parser, first);
  if (size != NULL && !parser->is_lost && size->kind != C_EXPRESSION_ERROR)
    {
      if (!c_type_is_integer (size->type))
        {
          c_report (parser->context, size->span, "bad-size",
                    text_message_new (TEXT_C_SIZE_NOT_INTEGER, ""));
          element = parser->types->error;
        }
      else if (size->kind != C_EXPRESSION_CONSTANT)
        {
          if (parser->depth == 0)
            c_report (parser->context, size->span, "not-constant",
                      text_message_new (TEXT_C_SIZE_NOT_CONSTANT, ""));
          else
            c_report_unsupported (parser->context, size->span,
                                  "an array whose size is known only at run time");
          element = parser->types->error;
        }
      else
        count = size->bits;
    }
  else if (size != NULL)
    element = parser->types->error;
  element = parse_suffix (parser, element);
  return make_array (parser, element, has_count, count, span);
}

/* ---- parameters ---- */

/* What a parameter's type means (C11 6.7.6.3p7, p8). */
static CType *
adjust_parameter (CParser *parser, CType *type)
{
  if (type->kind == C_TYPE_ARRAY)
    return c_type_new_pointer (parser->types, type->element);
  if (type->kind == C_TYPE_FUNCTION)
    return c_type_new_pointer (parser->types, type);
  return type;
}

/* parameter = specifiers (declarator | [abstract-declarator]) */
static gboolean
parse_parameter (CParser *parser, GArray *list)
{
  CSpecifiers specifiers = c_parse_specifiers (parser, TRUE);
  CDeclarator declarator = c_parse_declarator (parser, specifiers.type, TRUE);
  CParameter parameter = { declarator.name, NULL, declarator.span };

  if (parser->is_lost)
    return FALSE;
  c_skip_attributes (parser);
  if (specifiers.storage != C_STORAGE_NONE && specifiers.storage != C_STORAGE_REGISTER)
    c_report (parser->context, specifiers.storage_span, "bad-specifier",
              text_message_new (TEXT_C_PARAMETER_STORAGE, ""));
  parameter.type = adjust_parameter (parser, declarator.type);
  if (parameter.type->kind == C_TYPE_VOID)
    {
      /* `(void)` stands alone and has no name. */
      if (list->len == 0 && parameter.name == NULL && c_peek_kind (parser) == C_TOKEN_RIGHT_PAREN)
        return FALSE;
      c_report (parser->context, declarator.span, "void-value",
                text_message_new (TEXT_C_VOID_OBJECT, "s",
                                  parameter.name != NULL ? parameter.name->text : "a parameter"));
      parameter.type = parser->types->error;
    }
  g_array_append_val (list, parameter);
  return TRUE;
}

static gboolean
begins_old_parameters (const CParser *parser)
{
  return c_peek_kind (parser) == C_TOKEN_IDENTIFIER && !c_begins_type (parser, c_peek (parser))
         && (c_peek_second (parser)->kind == C_TOKEN_COMMA
             || c_peek_second (parser)->kind == C_TOKEN_RIGHT_PAREN);
}

/* parameters = "(" [parameter ("," parameter)* ["," "..."]] ")" */
static CType *
parse_parameters (CParser *parser, CType *result, CType *(*parse_suffix) (CParser *, CType *))
{
  g_autoptr (GArray) list = g_array_new (FALSE, TRUE, sizeof (CParameter));
  gboolean is_variadic = FALSE, is_unprototyped = FALSE;
  TextSpan span = c_take (parser)->span;
  CType *type;

  c_scope_enter (parser);
  if (c_peek_kind (parser) == C_TOKEN_RIGHT_PAREN)
    is_unprototyped = TRUE;
  else if (begins_old_parameters (parser) && c_peek (parser)->name->symbol == NULL)
    {
      /* Rather a misspelled type than a definition in the style of 1978, when a word follows as in `(size n)`. */
      c_report_unsupported (parser->context, c_peek (parser)->span,
                            "a parameter without a type (the style before C89)");
      parser->context->is_stopped = TRUE;
    }
  else
    do
      {
        if (list->len > 0 && c_accept (parser, C_TOKEN_ELLIPSIS))
          {
            is_variadic = TRUE;
            break;
          }
        if (!parse_parameter (parser, list))
          break;
      }
    while (c_accept (parser, C_TOKEN_COMMA));
  c_scope_leave (parser, c_peek (parser)->span.begin);
  c_expect (parser, C_TOKEN_RIGHT_PAREN);
  result = parse_suffix (parser, result);
  if (result->kind == C_TYPE_ARRAY || result->kind == C_TYPE_FUNCTION)
    {
      c_report (parser->context, span, "bad-function",
                text_message_new (result->kind == C_TYPE_ARRAY ? TEXT_C_RETURNS_ARRAY
                                                               : TEXT_C_RETURNS_FUNCTION,
                                  ""));
      return parser->types->error;
    }
  type = c_type_new_function (parser->types, result);
  type->parameters
      = lang_arena_dup (parser->context->arena, list->data, list->len * sizeof (CParameter));
  type->n_parameters = list->len;
  type->is_variadic = is_variadic;
  type->is_unprototyped = is_unprototyped;
  return check_depth (parser, type);
}

/* suffix = [array-suffix suffix | parameters suffix] */
static CType *
parse_suffix (CParser *parser, CType *type)
{
  CTokenKind kind = c_peek_kind (parser);

  if (parser->is_lost || (kind != C_TOKEN_LEFT_BRACKET && kind != C_TOKEN_LEFT_PAREN))
    return type;
  if (!c_nest (parser))
    return parser->types->error;
  type = kind == C_TOKEN_LEFT_BRACKET ? parse_array (parser, type, parse_suffix)
                                      : parse_parameters (parser, type, parse_suffix);
  c_unnest (parser);
  return type;
}

/* ---- the whole ---- */

/* Whether the "(" that comes next wraps a declarator, rather than beginning an abstract function's parameters. */
static gboolean
is_wrapped (const CParser *parser, gboolean may_be_abstract)
{
  const CToken *second = c_peek_second (parser);

  if (c_peek_kind (parser) != C_TOKEN_LEFT_PAREN)
    return FALSE;
  if (!may_be_abstract)
    return TRUE;
  return second->kind == C_TOKEN_STAR || second->kind == C_TOKEN_LEFT_PAREN
         || second->kind == C_TOKEN_LEFT_BRACKET
         || (second->kind == C_TOKEN_IDENTIFIER && !c_begins_type (parser, second));
}

/* declarator = pointer (name | "(" declarator ")" | nothing) suffix */
CDeclarator
c_parse_declarator (CParser *parser, CType *base, gboolean may_be_abstract)
{
  CDeclarator declarator = { NULL };

  base = parse_pointers (parser, base);
  declarator.span = c_peek (parser)->span;
  declarator.type = base;
  if (parser->is_lost || !c_nest (parser))
    {
      declarator.type = parser->types->error;
      return declarator;
    }
  if (is_wrapped (parser, may_be_abstract))
    {
      guint inside = parser->at + 1, behind;

      c_skip_parens (parser);
      base = parse_suffix (parser, base);
      behind = parser->at;
      parser->at = inside;
      declarator = c_parse_declarator (parser, base, may_be_abstract);
      if (c_expect (parser, C_TOKEN_RIGHT_PAREN))
        parser->at = behind;
    }
  else
    {
      if (c_peek_kind (parser) == C_TOKEN_IDENTIFIER)
        declarator.name = c_take (parser)->name;
      else if (!may_be_abstract)
        c_report_unexpected (parser, "a name");
      declarator.type = parse_suffix (parser, base);
    }
  c_unnest (parser);
  return declarator;
}
