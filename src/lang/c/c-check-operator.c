/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the operators demand of their operands, and what they give (C11 6.5.3 to 6.5.17). */

#include "c-parse.h"

static CExpression *
report_operands (CParser *parser, const CToken *sign, const CExpression *a, const CExpression *b,
                 TextSpan span)
{
  g_autofree char *first = c_type_spell (parser->types, a->type);
  g_autofree char *second = b != NULL ? c_type_spell (parser->types, b->type) : NULL;
  gboolean is_void = a->type->kind == C_TYPE_VOID || (b != NULL && b->type->kind == C_TYPE_VOID);

  if (b == NULL)
    c_report (parser->context, span, is_void ? "void-value" : "invalid-operands",
              text_message_new (TEXT_C_BAD_OPERAND, "ss", c_token_get_spelling (sign), first));
  else
    c_report (
        parser->context, span, is_void ? "void-value" : "invalid-operands",
        text_message_new (TEXT_C_BAD_OPERANDS, "sss", c_token_get_spelling (sign), first, second));
  return c_new_error (parser, span);
}

static guint8
get_opcode (CTokenKind kind)
{
  switch ((guint)kind)
    {
    case C_TOKEN_PLUS:
    case C_TOKEN_PLUS_EQUAL:
    case C_TOKEN_PLUS_PLUS:
      return IR_ADD;
    case C_TOKEN_MINUS:
    case C_TOKEN_MINUS_EQUAL:
    case C_TOKEN_MINUS_MINUS:
      return IR_SUB;
    case C_TOKEN_STAR:
    case C_TOKEN_STAR_EQUAL:
      return IR_MUL;
    case C_TOKEN_SLASH:
    case C_TOKEN_SLASH_EQUAL:
      return IR_DIV;
    case C_TOKEN_PERCENT:
    case C_TOKEN_PERCENT_EQUAL:
      return IR_REM;
    case C_TOKEN_AMPERSAND:
    case C_TOKEN_AND_EQUAL:
      return IR_AND;
    case C_TOKEN_BAR:
    case C_TOKEN_BAR_EQUAL:
      return IR_OR;
    case C_TOKEN_CARET:
    case C_TOKEN_CARET_EQUAL:
      return IR_XOR;
    case C_TOKEN_LEFT_SHIFT:
    case C_TOKEN_LEFT_SHIFT_EQUAL:
      return IR_SHL;
    case C_TOKEN_RIGHT_SHIFT:
    case C_TOKEN_RIGHT_SHIFT_EQUAL:
      return IR_SHR;
    case C_TOKEN_EQUAL_EQUAL:
      return IR_EQ;
    case C_TOKEN_NOT_EQUAL:
      return IR_NE;
    case C_TOKEN_LESS:
      return IR_LT;
    case C_TOKEN_GREATER:
      return IR_GT;
    case C_TOKEN_LESS_EQUAL:
      return IR_LE;
    case C_TOKEN_GREATER_EQUAL:
      return IR_GE;
    default:
      return 0;
    }
}

/* ---- arithmetic ---- */

static gboolean
needs_integers (guint8 opcode)
{
  return opcode == IR_REM || opcode == IR_AND || opcode == IR_OR || opcode == IR_XOR
         || opcode == IR_SHL || opcode == IR_SHR;
}

static CExpression *
new_arithmetic (CParser *parser, guint8 opcode, CExpression *a, CExpression *b, TextSpan span)
{
  gboolean is_comparison = opcode >= IR_EQ && opcode <= IR_GE;
  CType *type;
  CExpression *result;

  if (opcode == IR_SHL || opcode == IR_SHR)
    {
      type = c_type_promote (parser->types, a->type);
      a = c_convert (parser, a, type);
      b = c_convert (parser, b, c_type_promote (parser->types, b->type));
    }
  else
    {
      type = c_type_balance (parser->types, a->type, b->type);
      a = c_convert (parser, a, type);
      b = c_convert (parser, b, type);
    }
  if ((opcode == IR_DIV || opcode == IR_REM) && b->kind == C_EXPRESSION_CONSTANT
      && c_type_is_integer (b->type) && b->bits == 0)
    c_warn (parser->context, span, "division-by-zero",
            text_message_new (TEXT_C_DIVISION_BY_ZERO, ""));
  result = c_new_expression (parser, C_EXPRESSION_BINARY,
                             is_comparison ? parser->types->integer : type, span, a, b);
  result->opcode = opcode;
  return c_fold (parser, result);
}

/* ---- pointers ---- */

/* What a step of a pointer's arithmetic moves over must have a size; void and functions have 1, as in gcc. */
static gboolean
check_pointee (CParser *parser, const CExpression *pointer)
{
  CType *element = pointer->type->element;
  g_autofree char *spelling = NULL;

  if (element->kind == C_TYPE_VOID || element->kind == C_TYPE_FUNCTION
      || c_type_is_complete (element))
    return TRUE;
  spelling = c_type_spell (parser->types, element);
  c_report (parser->context, pointer->span, "incomplete-type",
            text_message_new (TEXT_C_INCOMPLETE_POINTEE, "s", spelling));
  return FALSE;
}

/* An index is an int or wider, with its sign. */
static CExpression *
widen_index (CParser *parser, CExpression *index)
{
  return c_convert (parser, index, c_type_promote (parser->types, index->type));
}

static CExpression *
new_pointer_sum (CParser *parser, guint8 opcode, CExpression *pointer, CExpression *index,
                 TextSpan span)
{
  CExpression *sum;

  if (!check_pointee (parser, pointer))
    return c_new_error (parser, span);
  sum = c_new_expression (parser, C_EXPRESSION_POINTER, pointer->type->plain, span, pointer,
                          widen_index (parser, index));
  sum->opcode = opcode == IR_ADD ? IR_POINTER_ADD : IR_POINTER_SUB;
  if (index->line != 0 && (pointer->line == 0 || index->line < pointer->line))
    sum->line = index->line;
  return sum;
}

/* a + b, a - b where one is a pointer; NULL when it is not that */
static CExpression *
check_pointer_sum (CParser *parser, guint8 opcode, CExpression *a, CExpression *b, TextSpan span)
{
  gboolean a_points = a->type->kind == C_TYPE_POINTER, b_points = b->type->kind == C_TYPE_POINTER;

  if (a_points && c_type_is_integer (b->type))
    return new_pointer_sum (parser, opcode, a, b, span);
  if (opcode == IR_ADD && b_points && c_type_is_integer (a->type))
    return new_pointer_sum (parser, opcode, b, a, span);
  if (opcode == IR_SUB && a_points && b_points
      && c_type_is_compatible (a->type->element->plain, b->type->element->plain))
    {
      if (!check_pointee (parser, a))
        return c_new_error (parser, span);
      return c_new_expression (parser, C_EXPRESSION_DIFFERENCE, parser->types->long_integer, span,
                               a, b);
    }
  return NULL;
}

/* a == b, a < b … where one is a pointer; NULL when it is not that. gcc warns where the types differ. */
static CExpression *
check_pointer_comparison (CParser *parser, guint8 opcode, CExpression *a, CExpression *b,
                          TextSpan span)
{
  gboolean a_points = a->type->kind == C_TYPE_POINTER, b_points = b->type->kind == C_TYPE_POINTER;
  CExpression *result;

  if (!a_points && !b_points)
    return NULL;
  if (!(a_points || c_type_is_integer (a->type)) || !(b_points || c_type_is_integer (b->type)))
    return NULL;
  if (a_points && b_points)
    {
      if (!c_type_is_void_pointer (a->type) && !c_type_is_void_pointer (b->type)
          && !c_type_is_compatible (a->type->element->plain, b->type->element->plain))
        c_warn (parser->context, span, "pointer-type",
                text_message_new (TEXT_C_POINTERS_DIFFER, ""));
    }
  else if (!c_is_null_pointer (a_points ? b : a))
    c_warn (parser->context, span, "pointer-type",
            text_message_new (TEXT_C_POINTER_WITH_INTEGER, ""));
  if (!a_points)
    a = c_convert (parser, a, b->type);
  else
    b = c_convert (parser, b, a->type);
  result = c_new_expression (parser, C_EXPRESSION_BINARY, parser->types->integer, span, a, b);
  result->opcode = opcode;
  return result;
}

/* ---- binary ---- */

/* A fault of arithmetic is told at the sign, so where that begins a line of its own the expression is shown from there on. */
static CExpression *
show_from_sign (CExpression *arithmetic, const CToken *sign, const CExpression *a)
{
  if (sign->line == a->line || arithmetic->kind != C_EXPRESSION_BINARY)
    return arithmetic;
  arithmetic->span.begin = sign->span.begin;
  arithmetic->line = sign->line;
  return arithmetic;
}

CExpression *
c_check_binary (CParser *parser, const CToken *sign, CExpression *a, CExpression *b)
{
  TextSpan span = text_span_join (a->span, b->span);
  guint8 opcode = get_opcode (sign->kind);
  CExpression *result = NULL;

  if (sign->kind == C_TOKEN_AND_AND || sign->kind == C_TOKEN_BAR_BAR)
    {
      a = c_check_condition (parser, a);
      b = c_check_condition (parser, b);
      if (c_type_is_error (a->type) || c_type_is_error (b->type))
        return c_new_error (parser, span);
      return c_fold (parser, c_new_expression (parser,
                                               sign->kind == C_TOKEN_AND_AND ? C_EXPRESSION_AND
                                                                             : C_EXPRESSION_OR,
                                               parser->types->integer, span, a, b));
    }
  a = c_check_value (parser, a);
  b = c_check_value (parser, b);
  if (c_type_is_error (a->type) || c_type_is_error (b->type))
    return c_new_error (parser, span);
  if (needs_integers (opcode) ? c_type_is_integer (a->type) && c_type_is_integer (b->type)
                              : c_type_is_arithmetic (a->type) && c_type_is_arithmetic (b->type))
    return show_from_sign (new_arithmetic (parser, opcode, a, b, span), sign, a);
  if (opcode == IR_ADD || opcode == IR_SUB)
    result = check_pointer_sum (parser, opcode, a, b, span);
  else if (opcode >= IR_EQ && opcode <= IR_GE)
    result = check_pointer_comparison (parser, opcode, a, b, span);
  return result != NULL ? result : report_operands (parser, sign, a, b, span);
}

/* ---- unary ---- */

/* &a */
static CExpression *
check_address (CParser *parser, CExpression *a, TextSpan span)
{
  CExpression *address;
  CSymbol *symbol = a->kind == C_EXPRESSION_VARIABLE ? a->symbol : NULL;

  if (c_type_is_error (a->type))
    return c_new_error (parser, span);
  /* &*p is p (C11 6.5.3.2p3). */
  if (a->kind == C_EXPRESSION_DEREF)
    {
      a = a->a;
      a->span = span;
      return a;
    }
  if (a->kind == C_EXPRESSION_FUNCTION)
    c_mark_used (a->symbol, a->span);
  else if (!a->is_lvalue)
    {
      c_report (parser->context, span, "not-addressable", text_message_new (TEXT_C_NO_ADDRESS, ""));
      return c_new_error (parser, span);
    }
  else if (c_get_bit_field (a) != NULL)
    {
      c_report (parser->context, span, "not-addressable",
                text_message_new (TEXT_C_BIT_FIELD_ADDRESS, "s", c_get_bit_field (a)->name->text));
      return c_new_error (parser, span);
    }
  else if (symbol != NULL && symbol->is_register)
    {
      c_report (parser->context, span, "not-addressable",
                text_message_new (TEXT_C_REGISTER_ADDRESS, "s", symbol->name->text));
      return c_new_error (parser, span);
    }
  c_mark_address_taken (a);
  address = c_new_expression (parser, C_EXPRESSION_ADDRESS,
                              c_type_new_pointer (parser->types, a->type), span, a, NULL);
  return address;
}

/* *a */
static CExpression *
check_dereference (CParser *parser, const CToken *sign, CExpression *a, TextSpan span)
{
  CExpression *result;
  CType *element;

  a = c_check_value (parser, a);
  if (c_type_is_error (a->type))
    return c_new_error (parser, span);
  if (a->type->kind != C_TYPE_POINTER)
    return report_operands (parser, sign, a, NULL, span);
  element = a->type->element;
  /* *f is f again. */
  if (element->kind == C_TYPE_FUNCTION && a->kind == C_EXPRESSION_ADDRESS)
    return a->a;
  if (element->kind != C_TYPE_FUNCTION && element->kind != C_TYPE_VOID
      && !c_type_is_complete (element))
    {
      if (!check_pointee (parser, a))
        return c_new_error (parser, span);
    }
  result = c_new_expression (parser, C_EXPRESSION_DEREF, element, span, a, NULL);
  result->is_lvalue = element->kind != C_TYPE_FUNCTION && element->kind != C_TYPE_VOID;
  return result;
}

CExpression *
c_check_unary (CParser *parser, const CToken *sign, CExpression *a)
{
  TextSpan span = text_span_join (sign->span, a->span);
  CExpressionKind kind;
  CType *type;

  if (sign->kind == C_TOKEN_AMPERSAND)
    return check_address (parser, a, span);
  if (sign->kind == C_TOKEN_STAR)
    return check_dereference (parser, sign, a, span);
  if (sign->kind == C_TOKEN_EXCLAMATION)
    {
      a = c_check_value (parser, a);
      if (c_type_is_error (a->type))
        return c_new_error (parser, span);
      if (!c_type_is_scalar (a->type))
        return report_operands (parser, sign, a, NULL, span);
      if (c_type_is_integer (a->type))
        a = c_convert (parser, a, c_type_promote (parser->types, a->type));
      return c_fold (parser, c_new_expression (parser, C_EXPRESSION_NOT, parser->types->integer,
                                               span, a, NULL));
    }
  a = c_check_value (parser, a);
  if (c_type_is_error (a->type))
    return c_new_error (parser, span);
  if (sign->kind == C_TOKEN_TILDE ? !c_type_is_integer (a->type) : !c_type_is_arithmetic (a->type))
    return report_operands (parser, sign, a, NULL, span);
  type = c_type_promote (parser->types, a->type);
  a = c_convert (parser, a, type);
  if (sign->kind == C_TOKEN_PLUS)
    {
      /* +a is a, but no lvalue any more. */
      CExpression *value = c_new_expression (parser, C_EXPRESSION_CONVERT, type, span, a, NULL);

      return c_fold (parser, value);
    }
  kind = sign->kind == C_TOKEN_MINUS ? C_EXPRESSION_NEGATE : C_EXPRESSION_COMPLEMENT;
  return c_fold (parser, c_new_expression (parser, kind, type, span, a, NULL));
}

/* ---- conditional and comma ---- */

/* The type of a ? b : c for pointers (C11 6.5.15p6); NULL when they do not go together. */
static CType *
choose_pointer (CParser *parser, CExpression *yes, CExpression *no, TextSpan span)
{
  CType *a = yes->type, *b = no->type, *element;

  if (a->kind != C_TYPE_POINTER && b->kind != C_TYPE_POINTER)
    return NULL;
  if (a->kind != C_TYPE_POINTER || b->kind != C_TYPE_POINTER)
    {
      CExpression *other = a->kind == C_TYPE_POINTER ? no : yes;

      if (!c_type_is_integer (other->type))
        return NULL;
      if (!c_is_null_pointer (other))
        c_warn (parser->context, span, "pointer-type",
                text_message_new (TEXT_C_POINTER_WITH_INTEGER, ""));
      return a->kind == C_TYPE_POINTER ? a : b;
    }
  if (c_is_null_pointer (no))
    return a;
  if (c_is_null_pointer (yes))
    return b;
  element = a->element->kind == C_TYPE_VOID   ? a->element
            : b->element->kind == C_TYPE_VOID ? b->element
                                              : a->element;
  if (!c_type_is_void_pointer (a) && !c_type_is_void_pointer (b)
      && !c_type_is_compatible (a->element->plain, b->element->plain))
    c_warn (parser->context, span, "pointer-type", text_message_new (TEXT_C_POINTERS_DIFFER, ""));
  return c_type_new_pointer (parser->types,
                             c_type_qualify (parser->types, element,
                                             a->element->is_const || b->element->is_const,
                                             a->element->is_volatile || b->element->is_volatile));
}

CExpression *
c_check_conditional (CParser *parser, CExpression *condition, CExpression *yes, CExpression *no)
{
  TextSpan span = text_span_join (condition->span, no->span);
  CExpression *result;
  CType *type = NULL;

  condition = c_check_condition (parser, condition);
  yes = c_check_value (parser, yes);
  no = c_check_value (parser, no);
  if (c_type_is_error (condition->type) || c_type_is_error (yes->type)
      || c_type_is_error (no->type))
    return c_new_error (parser, span);
  if (c_type_is_arithmetic (yes->type) && c_type_is_arithmetic (no->type))
    type = c_type_balance (parser->types, yes->type, no->type);
  else if (yes->type->kind == C_TYPE_VOID || no->type->kind == C_TYPE_VOID)
    type = parser->types->nothing;
  else if (c_type_is_record (yes->type) && c_type_is_compatible (yes->type, no->type))
    type = yes->type->plain;
  else
    type = choose_pointer (parser, yes, no, span);
  if (type == NULL)
    {
      g_autofree char *a = c_type_spell (parser->types, yes->type);
      g_autofree char *b = c_type_spell (parser->types, no->type);

      c_report (parser->context, span, "type-mismatch",
                text_message_new (TEXT_C_BAD_CONDITIONAL, "ss", a, b));
      return c_new_error (parser, span);
    }
  if (type->kind != C_TYPE_VOID)
    {
      yes = c_convert (parser, yes, type);
      no = c_convert (parser, no, type);
    }
  result = c_new_expression (parser, C_EXPRESSION_CONDITIONAL, type, span, condition, yes);
  if (result->kind == C_EXPRESSION_ERROR)
    return result;
  result->c = no;
  result->depth = MAX (result->depth, no->depth + 1);
  result->has_effects |= no->has_effects;
  return c_fold (parser, result);
}

CExpression *
c_check_comma (CParser *parser, CExpression *a, CExpression *b)
{
  TextSpan span = text_span_join (a->span, b->span);

  b = c_check_value (parser, b);
  if (c_type_is_error (a->type) || c_type_is_error (b->type))
    return c_new_error (parser, span);
  return c_new_expression (parser, C_EXPRESSION_COMMA, b->type->plain, span,
                           c_check_value (parser, a), b);
}

/* ---- assignment ---- */

static const char *
get_name (const CExpression *expression)
{
  if (expression->kind == C_EXPRESSION_VARIABLE && expression->symbol->name != NULL)
    return expression->symbol->name->text;
  return NULL;
}

/* Whether the expression names an object that can be changed (C11 6.3.2.1p1); reports where it does not. */
static gboolean
check_changeable (CParser *parser, const CExpression *a)
{
  const char *name = get_name (a);
  TextDiagnostic *diagnostic;

  if (c_type_is_error (a->type))
    return FALSE;
  if (!a->is_lvalue)
    c_report (parser->context, a->span, "not-assignable",
              text_message_new (TEXT_C_NOT_AN_OBJECT, ""));
  else if (a->type->kind == C_TYPE_ARRAY)
    {
      diagnostic = c_report (parser->context, a->span, "not-assignable",
                             text_message_new (TEXT_C_ARRAY_ASSIGNED, ""));
      if (a->type->element->kind == C_TYPE_CHAR)
        c_add_help (diagnostic, text_message_new (TEXT_C_STRCPY_HELP, ""));
    }
  else if (c_type_has_const_part (a->type))
    {
      diagnostic = c_report (parser->context, a->span, "not-assignable",
                             name != NULL ? text_message_new (TEXT_C_CONST_VARIABLE, "s", name)
                                          : text_message_new (TEXT_C_CONST_PLACE, ""));
      if (name != NULL)
        c_add_label (diagnostic, a->symbol->span, text_message_new (TEXT_C_DECLARED_HERE, ""));
    }
  else if (!c_type_is_complete (a->type))
    {
      g_autofree char *spelling = c_type_spell (parser->types, a->type);

      c_report (parser->context, a->span, "incomplete-type",
                text_message_new (TEXT_C_INCOMPLETE_POINTEE, "s", spelling));
    }
  else
    return TRUE;
  return FALSE;
}

static CExpression *
new_update (CParser *parser, CExpressionKind kind, guint8 opcode, CExpression *a, CExpression *b,
            CType *computed, TextSpan span)
{
  CExpression *update = c_new_expression (parser, kind, a->type->plain, span, a, b);

  if (update->kind == C_EXPRESSION_ERROR)
    return update;
  update->opcode = opcode;
  update->computed = computed;
  return update;
}

/* a opcode= b, also a++ with b 1 */
static CExpression *
check_update (CParser *parser, CExpressionKind kind, const CToken *sign, CExpression *a,
              CExpression *b, TextSpan span)
{
  guint8 opcode = get_opcode (sign->kind);
  CType *computed;

  if (a->type->kind == C_TYPE_POINTER && (opcode == IR_ADD || opcode == IR_SUB)
      && c_type_is_integer (b->type))
    {
      if (!check_pointee (parser, a))
        return c_new_error (parser, span);
      return new_update (parser, kind, opcode == IR_ADD ? IR_POINTER_ADD : IR_POINTER_SUB, a,
                         widen_index (parser, b), a->type->plain, span);
    }
  if (needs_integers (opcode) ? !c_type_is_integer (a->type) || !c_type_is_integer (b->type)
                              : !c_type_is_arithmetic (a->type) || !c_type_is_arithmetic (b->type))
    return report_operands (parser, sign, a, kind == C_EXPRESSION_STEP ? NULL : b, span);
  if (opcode == IR_SHL || opcode == IR_SHR)
    {
      computed = c_type_promote (parser->types, c_get_value_type (parser, a));
      b = c_convert (parser, b, c_type_promote (parser->types, b->type));
    }
  else
    {
      computed = c_type_balance (parser->types, c_get_value_type (parser, a), b->type);
      b = c_convert (parser, b, computed);
    }
  return new_update (parser, kind, opcode, a, b, computed, span);
}

CExpression *
c_check_assignment (CParser *parser, const CToken *sign, CExpression *a, CExpression *b)
{
  TextSpan span = text_span_join (a->span, b->span);
  CExpression *value;

  if (!check_changeable (parser, a))
    return c_new_error (parser, span);
  if (sign->kind != C_TOKEN_EQUAL)
    {
      value = c_check_value (parser, b);
      if (c_type_is_error (value->type))
        return c_new_error (parser, span);
      return check_update (parser, C_EXPRESSION_UPDATE, sign, a, value, span);
    }
  value = c_check_assignable (parser, b, a->type, C_ASSIGN_ASSIGN, span, NULL);
  if (value->kind == C_EXPRESSION_ERROR)
    return c_new_error (parser, span);
  return c_new_expression (parser, C_EXPRESSION_ASSIGN, a->type->plain, span, a, value);
}

/* ++a, a++, --a, a-- */
CExpression *
c_check_step (CParser *parser, const CToken *sign, CExpression *a, gboolean is_postfix)
{
  TextSpan span = text_span_join (a->span, sign->span);
  CExpression *step, *one;

  if (!check_changeable (parser, a))
    return c_new_error (parser, span);
  one = c_new_integer (parser, parser->types->integer, 1, span);
  step = check_update (parser, C_EXPRESSION_STEP, sign, a, one, span);
  if (step->kind == C_EXPRESSION_STEP)
    step->is_postfix = is_postfix;
  return step;
}
