/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Elements, members and calls (C11 6.5.2). */

#include "c-parse.h"

#include "lang/lang-arena.h"

#include <string.h>

/* ---- a[b] ---- */

static CExpression *
report_not_indexable (CParser *parser, const CExpression *a, TextSpan span)
{
  g_autofree char *spelling = c_type_spell (parser->types, a->type);

  c_report (parser->context, span, "invalid-operands",
            text_message_new (TEXT_C_NOT_INDEXABLE, "s", spelling));
  return c_new_error (parser, span);
}

/* An array that ends a struct and is written with 0, 1 or no elements stands for as many as the block has room for. */
static gboolean
is_flexible (const CExpression *array)
{
  const CRecord *record;

  if (array->kind != C_EXPRESSION_MEMBER || array->type->count > 1)
    return FALSE;
  record = array->a->type->record;
  return !record->is_union && array->field + 1 == record->n_fields;
}

/* An element of an array itself is checked against the array's size; one reached through a pointer against its block. */
CExpression *
c_check_index (CParser *parser, CExpression *a, CExpression *b, TextSpan span)
{
  CExpression *result;
  CType *element;

  if (c_type_is_integer (a->type))
    {
      CExpression *swapped = a;

      a = b;
      b = swapped;
    }
  b = c_check_value (parser, b);
  if (c_type_is_error (a->type) || c_type_is_error (b->type))
    return c_new_error (parser, span);
  if (a->type->kind != C_TYPE_ARRAY && a->type->kind != C_TYPE_POINTER)
    return report_not_indexable (parser, a, span);
  if (!c_type_is_integer (b->type))
    {
      g_autofree char *spelling = c_type_spell (parser->types, b->type);

      c_report (parser->context, b->span, "invalid-operands",
                text_message_new (TEXT_C_INDEX_NOT_INTEGER, "s", spelling));
      return c_new_error (parser, span);
    }
  b = c_convert (parser, b, c_type_promote (parser->types, b->type));
  element = a->type->element;
  if (element->kind == C_TYPE_FUNCTION || element->kind == C_TYPE_VOID
      || !c_type_is_complete (element))
    {
      g_autofree char *spelling = c_type_spell (parser->types, element);

      c_report (parser->context, span, "incomplete-type",
                text_message_new (TEXT_C_INCOMPLETE_POINTEE, "s", spelling));
      return c_new_error (parser, span);
    }
  if (a->type->kind == C_TYPE_ARRAY && a->type->has_count && !is_flexible (a))
    result = c_new_expression (parser, C_EXPRESSION_INDEX, element, span, a, b);
  else
    {
      a = c_check_value (parser, a);
      a = c_new_expression (parser, C_EXPRESSION_POINTER, a->type->plain, span, a, b);
      a->opcode = IR_POINTER_ADD;
      result = c_new_expression (parser, C_EXPRESSION_DEREF, element, span, a, NULL);
    }
  result->is_lvalue = TRUE;
  return result;
}

/* ---- a.b ---- */

/* The member of that index, as const as the object. */
CExpression *
c_select (CParser *parser, CExpression *object, guint field, TextSpan span)
{
  CType *type = c_type_qualify (parser->types, object->type->record->fields[field].type,
                                object->type->is_const, object->type->is_volatile);
  CExpression *member = c_new_expression (parser, C_EXPRESSION_MEMBER, type, span, object, NULL);

  if (member->kind == C_EXPRESSION_ERROR)
    return member;
  member->field = field;
  member->is_lvalue = object->is_lvalue;
  return member;
}

static const char *
suggest_member (const CRecord *record, const char *word)
{
  guint best = MAX (1, MIN (2, strlen (word) / 3)) + 1;
  const char *suggestion = NULL;

  for (guint i = 0; i < record->n_fields; i++)
    {
      guint distance;

      if (record->fields[i].name == NULL)
        continue;
      distance = c_word_distance (word, record->fields[i].name->text, best);
      if (distance < best)
        {
          best = distance;
          suggestion = record->fields[i].name->text;
        }
    }
  return suggestion;
}

static CExpression *
report_no_member (CParser *parser, const CType *type, const CToken *name)
{
  g_autofree char *spelling = c_type_spell (parser->types, type);
  const char *suggestion = suggest_member (type->record, name->name->text);
  TextDiagnostic *diagnostic
      = c_report (parser->context, name->span, "no-member",
                  text_message_new (TEXT_C_NO_MEMBER, "ss", spelling, name->name->text));

  if (suggestion != NULL)
    c_add_help (diagnostic, text_message_new (TEXT_C_DID_YOU_MEAN, "s", suggestion));
  return c_new_error (parser, name->span);
}

static CExpression *
report_not_a_record (CParser *parser, const CExpression *a, const CToken *sign)
{
  g_autofree char *spelling = c_type_spell (parser->types, a->type);
  gboolean is_arrow = sign->kind == C_TOKEN_ARROW;
  TextDiagnostic *diagnostic
      = c_report (parser->context, sign->span, "not-a-struct",
                  text_message_new (is_arrow ? TEXT_C_ARROW_NEEDS_POINTER : TEXT_C_DOT_NEEDS_RECORD,
                                    "s", spelling));

  if (!is_arrow && a->type->kind == C_TYPE_POINTER && c_type_is_record (a->type->element))
    c_add_help (diagnostic, text_message_new (TEXT_C_USE_ARROW_HELP, ""));
  if (is_arrow && c_type_is_record (a->type))
    c_add_help (diagnostic, text_message_new (TEXT_C_USE_DOT_HELP, ""));
  return c_new_error (parser, a->span);
}

CExpression *
c_check_member (CParser *parser, CExpression *a, const CToken *sign, const CToken *name)
{
  TextSpan span = text_span_join (a->span, name->span);
  const CField *field;
  guint index;

  if (sign->kind == C_TOKEN_ARROW)
    {
      a = c_check_value (parser, a);
      if (c_type_is_error (a->type))
        return c_new_error (parser, span);
      if (a->type->kind != C_TYPE_POINTER || !c_type_is_record (a->type->element))
        return report_not_a_record (parser, a, sign);
      a = c_new_expression (parser, C_EXPRESSION_DEREF, a->type->element, a->span, a, NULL);
      a->is_lvalue = TRUE;
    }
  if (c_type_is_error (a->type))
    return c_new_error (parser, span);
  if (!c_type_is_record (a->type))
    return report_not_a_record (parser, a, sign);
  if (!a->type->record->is_complete)
    {
      g_autofree char *spelling = c_type_spell (parser->types, a->type);

      c_report (parser->context, sign->span, "incomplete-type",
                text_message_new (TEXT_C_INCOMPLETE_POINTEE, "s", spelling));
      return c_new_error (parser, span);
    }
  do
    {
      field = c_record_find (a->type->record, name->name, &index);
      if (field == NULL)
        return report_no_member (parser, a->type, name);
      a = c_select (parser, a, index, span);
    }
  while (field->name == NULL);
  return a;
}

/* ---- a (b) ---- */

static const char *
get_callee_name (const CExpression *callee)
{
  if (callee->kind == C_EXPRESSION_ADDRESS)
    callee = callee->a;
  if ((callee->kind == C_EXPRESSION_FUNCTION || callee->kind == C_EXPRESSION_VARIABLE)
      && callee->symbol->name != NULL)
    return callee->symbol->name->text;
  return "the function";
}

/* An argument that no parameter's type converts (C11 6.5.2.2p6). */
static CExpression *
promote_argument (CParser *parser, CExpression *argument)
{
  argument = c_check_value (parser, argument);
  if (argument->type->kind == C_TYPE_VOID)
    {
      c_report (parser->context, argument->span, "void-value",
                text_message_new (TEXT_C_VOID_VALUE, ""));
      return c_new_error (parser, argument->span);
    }
  if (argument->type->kind == C_TYPE_FLOAT)
    return c_convert (parser, argument, parser->types->double_);
  if (c_type_is_integer (argument->type))
    return c_convert (parser, argument, c_type_promote (parser->types, argument->type));
  return argument;
}

static gboolean
check_count (CParser *parser, const CExpression *callee, const CType *type, guint n_arguments,
             TextSpan span)
{
  const CExpression *named = callee->kind == C_EXPRESSION_ADDRESS ? callee->a : callee;
  TextDiagnostic *diagnostic;

  if (type->is_unprototyped || n_arguments == type->n_parameters
      || (type->is_variadic && n_arguments > type->n_parameters))
    return TRUE;
  diagnostic
      = c_report (parser->context, span, "wrong-argument-count",
                  text_message_new (
                      n_arguments < type->n_parameters ? TEXT_C_TOO_FEW : TEXT_C_TOO_MANY, "suu",
                      get_callee_name (callee), (guint64)type->n_parameters, (guint64)n_arguments));
  if (named->kind == C_EXPRESSION_FUNCTION && !named->symbol->is_library)
    c_add_label (diagnostic, named->symbol->span, text_message_new (TEXT_C_DECLARED_HERE, ""));
  return FALSE;
}

static gboolean
check_arguments (CParser *parser, const CExpression *callee, const CType *type,
                 CExpression **arguments, guint n_arguments)
{
  gboolean is_fine = TRUE;

  for (guint i = 0; i < n_arguments; i++)
    {
      if (i < type->n_parameters)
        arguments[i]
            = c_check_assignable (parser, arguments[i], type->parameters[i].type, C_ASSIGN_ARGUMENT,
                                  arguments[i]->span, get_callee_name (callee));
      else
        arguments[i] = promote_argument (parser, arguments[i]);
      is_fine &= !c_type_is_error (arguments[i]->type);
    }
  return is_fine;
}

static CExpression *
report_not_a_function (CParser *parser, const CExpression *callee, TextSpan span)
{
  g_autofree char *spelling = c_type_spell (parser->types, callee->type);

  c_report (parser->context, callee->span, "not-a-function",
            text_message_new (TEXT_C_NOT_A_FUNCTION, "s", spelling));
  return c_new_error (parser, span);
}

CExpression *
c_check_call (CParser *parser, CExpression *callee, CExpression **arguments, guint n_arguments,
              TextSpan span)
{
  CExpression *call;
  CType *type;

  callee = c_check_value (parser, callee);
  if (c_type_is_error (callee->type))
    return c_new_error (parser, span);
  if (!c_type_is_function_pointer (callee->type))
    return report_not_a_function (parser, callee, span);
  type = callee->type->element;
  if (!check_count (parser, callee, type, n_arguments, span)
      || !check_arguments (parser, callee, type, arguments, n_arguments))
    return c_new_error (parser, span);
  if (type->element->kind != C_TYPE_VOID && !c_type_is_complete (type->element))
    {
      g_autofree char *spelling = c_type_spell (parser->types, type->element);

      c_report (parser->context, span, "incomplete-type",
                text_message_new (TEXT_C_INCOMPLETE_RESULT, "s", spelling));
      return c_new_error (parser, span);
    }
  call = c_new_expression (parser, C_EXPRESSION_CALL, type->element->plain, span, callee, NULL);
  if (call->kind == C_EXPRESSION_ERROR)
    return call;
  call->arguments.list
      = lang_arena_dup (parser->context->arena, arguments, n_arguments * sizeof (CExpression *));
  call->arguments.n = n_arguments;
  for (guint i = 0; i < n_arguments; i++)
    call->depth = MAX (call->depth, arguments[i]->depth + 1);
  return call;
}
