/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Conversions (C11 6.3) and what may be assigned to what (6.5.16.1), with gcc 12's judgement on what is an error and what only
 * a warning. */

#include "c-parse.h"

/* The lvalue's object gets an address that the program can hold. */
void
c_mark_address_taken (CExpression *lvalue)
{
  while (lvalue->kind == C_EXPRESSION_MEMBER || lvalue->kind == C_EXPRESSION_INDEX)
    lvalue = lvalue->a;
  if (lvalue->kind == C_EXPRESSION_VARIABLE || lvalue->kind == C_EXPRESSION_LITERAL)
    lvalue->symbol->is_address_taken = TRUE;
}

void
c_mark_used (CSymbol *function, TextSpan span)
{
  if (function->is_used)
    return;
  function->is_used = TRUE;
  function->use = span;
}

/* What a bit-field's value counts as in arithmetic: int, where that has all its values (C11 6.3.1.1p2). Others: their type. */
CType *
c_get_value_type (CParser *parser, const CExpression *expression)
{
  const CField *field = c_get_bit_field (expression);

  if (field == NULL || field->n_bits > (c_type_is_signed (expression->type) ? 32 : 31))
    return expression->type;
  return parser->types->integer;
}

/* The expression as a value: arrays and functions become pointers (C11 6.3.2.1). */
CExpression *
c_check_value (CParser *parser, CExpression *expression)
{
  CExpression *address;
  CType *type = expression->type;

  if (type->kind != C_TYPE_ARRAY && type->kind != C_TYPE_FUNCTION)
    return c_convert (parser, expression, c_get_value_type (parser, expression));
  if (type->kind == C_TYPE_FUNCTION && expression->kind == C_EXPRESSION_FUNCTION)
    c_mark_used (expression->symbol, expression->span);
  else
    c_mark_address_taken (expression);
  address = c_new_expression (
      parser, C_EXPRESSION_ADDRESS,
      c_type_new_pointer (parser->types, type->kind == C_TYPE_ARRAY ? type->element : type),
      expression->span, expression, NULL);
  return address;
}

/* What decides a branch must be a number or a pointer. */
CExpression *
c_check_condition (CParser *parser, CExpression *expression)
{
  g_autofree char *spelling = NULL;

  expression = c_check_value (parser, expression);
  if (c_type_is_scalar (expression->type) || c_type_is_error (expression->type))
    return expression;
  spelling = c_type_spell (parser->types, expression->type);
  c_report (parser->context, expression->span,
            expression->type->kind == C_TYPE_VOID ? "void-value" : "type-mismatch",
            text_message_new (TEXT_C_NOT_A_CONDITION, "s", spelling));
  return c_new_error (parser, expression->span);
}

/* The expression converted, with nothing checked. */
CExpression *
c_convert (CParser *parser, CExpression *expression, CType *type)
{
  CExpression *converted;
  CType *from = expression->type;

  if (expression->kind == C_EXPRESSION_ERROR || c_type_is_error (type))
    return expression->kind == C_EXPRESSION_ERROR ? expression
                                                  : c_new_error (parser, expression->span);
  if (from == type || from->plain == type->plain)
    return expression;
  if (from->kind == type->kind && c_type_is_arithmetic (from) && from->kind != C_TYPE_ENUM)
    return expression;
  if (c_type_is_record (from))
    return expression;
  if (from->kind == C_TYPE_POINTER && type->kind == C_TYPE_POINTER
      && c_type_is_same (from->element, type->element))
    return expression;
  converted = c_new_expression (parser, C_EXPRESSION_CONVERT, type->plain, expression->span,
                                expression, NULL);
  return c_fold (parser, converted);
}

/* C11 6.3.2.3p3 */
gboolean
c_is_null_pointer (const CExpression *expression)
{
  return expression->kind == C_EXPRESSION_CONSTANT && !c_type_is_floating (expression->type)
         && expression->bits == 0
         && (c_type_is_integer (expression->type)
             || (c_type_is_void_pointer (expression->type)
                 && !expression->type->element->is_const));
}

/* ---- assignment ---- */

static TextMessage *
new_mismatch (CParser *parser, const CType *from, const CType *to, TextMessageId id)
{
  g_autofree char *a = c_type_spell (parser->types, from);
  g_autofree char *b = c_type_spell (parser->types, to);

  return text_message_new (id, "ss", a, b);
}

static gboolean
loses_qualifier (const CType *from, const CType *to)
{
  return (from->is_const && !to->is_const) || (from->is_volatile && !to->is_volatile);
}

/* Two pointers: gcc only warns, whatever they point to. */
static void
check_pointers (CParser *parser, const CExpression *value, const CType *to)
{
  const CType *from = value->type;
  gboolean is_void = from->element->kind == C_TYPE_VOID || to->element->kind == C_TYPE_VOID;

  if (!is_void && !c_type_is_compatible (from->element->plain, to->element->plain))
    {
      /* char * and unsigned char * differ in the sign only, about which gcc is silent. */
      if (c_type_is_integer (from->element) && c_type_is_integer (to->element)
          && c_type_get_size (from->element) == c_type_get_size (to->element))
        return;
      c_warn (parser->context, value->span, "pointer-type",
              new_mismatch (parser, from, to, TEXT_C_POINTER_MISMATCH));
    }
  else if (loses_qualifier (from->element, to->element))
    c_warn (parser->context, value->span, "discards-const",
            new_mismatch (parser, from, to, TEXT_C_DISCARDS_CONST));
}

/* Whether a value fits a type of another kind, after warnings. */
static gboolean
is_assignable (CParser *parser, const CExpression *value, const CType *to)
{
  const CType *from = value->type;

  if (c_type_is_arithmetic (to) && c_type_is_arithmetic (from))
    return TRUE;
  if (c_type_is_record (to))
    return c_type_is_compatible (from, to);
  if (to->kind == C_TYPE_BOOL && from->kind == C_TYPE_POINTER)
    return TRUE;
  if (to->kind == C_TYPE_POINTER && from->kind == C_TYPE_POINTER)
    {
      if (!c_is_null_pointer (value))
        check_pointers (parser, value, to);
      return TRUE;
    }
  /* An enumeration never meets a pointer, in gcc. */
  if (to->kind == C_TYPE_POINTER && c_type_is_integer (from) && from->kind != C_TYPE_ENUM)
    {
      if (!c_is_null_pointer (value))
        c_warn (parser->context, value->span, "int-to-pointer",
                new_mismatch (parser, from, to, TEXT_C_POINTER_FROM_INTEGER));
      return TRUE;
    }
  if (c_type_is_integer (to) && to->kind != C_TYPE_ENUM && from->kind == C_TYPE_POINTER)
    {
      c_warn (parser->context, value->span, "pointer-to-int",
              new_mismatch (parser, from, to, TEXT_C_INTEGER_FROM_POINTER));
      return TRUE;
    }
  return FALSE;
}

/* The value as an object of the type takes it. what: name of the function whose argument it is, else NULL */
CExpression *
c_check_assignable (CParser *parser, CExpression *value, CType *type, CAssignContext where,
                    TextSpan span, const char *what)
{
  static const TextMessageId sentences[] = {
    [C_ASSIGN_INITIALISE] = TEXT_C_BAD_INITIALISER,
    [C_ASSIGN_ASSIGN] = TEXT_C_BAD_ASSIGNMENT,
    [C_ASSIGN_ARGUMENT] = TEXT_C_BAD_ARGUMENT,
    [C_ASSIGN_RETURN] = TEXT_C_BAD_RETURN,
  };
  g_autofree char *from = NULL, *to = NULL;

  value = c_check_value (parser, value);
  if (c_type_is_error (value->type) || c_type_is_error (type))
    return c_new_error (parser, value->span);
  if (value->type->kind == C_TYPE_VOID)
    {
      c_report (parser->context, value->span, "void-value",
                text_message_new (TEXT_C_VOID_VALUE, ""));
      return c_new_error (parser, value->span);
    }
  if (is_assignable (parser, value, type))
    return c_convert (parser, value, type);
  from = c_type_spell (parser->types, value->type);
  to = c_type_spell (parser->types, type);
  c_report (parser->context, span, "type-mismatch",
            text_message_new (sentences[where], "sss", from, to, what != NULL ? what : ""));
  return c_new_error (parser, value->span);
}

/* ---- casts ---- */

/* (type) value (C11 6.5.4); span: from the "(" on */
CExpression *
c_check_cast (CParser *parser, CType *type, CExpression *value, TextSpan span)
{
  CExpression *cast;
  CType *from;
  gboolean is_fine;

  value = c_check_value (parser, value);
  from = value->type;
  if (c_type_is_error (type) || c_type_is_error (from) || parser->is_lost)
    return c_new_error (parser, span);
  is_fine = type->kind == C_TYPE_VOID
            || (c_type_is_scalar (type) && c_type_is_scalar (from)
                && !(type->kind == C_TYPE_POINTER && c_type_is_floating (from))
                && !(from->kind == C_TYPE_POINTER && c_type_is_floating (type)));
  if (!is_fine)
    {
      c_report (parser->context, span, from->kind == C_TYPE_VOID ? "void-value" : "type-mismatch",
                new_mismatch (parser, from, type, TEXT_C_BAD_CAST));
      return c_new_error (parser, span);
    }
  cast = c_new_expression (parser, C_EXPRESSION_CONVERT, type->plain, span, value, NULL);
  cast->is_cast = TRUE;
  return c_fold (parser, cast);
}
