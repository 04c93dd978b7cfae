/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Constant expressions (C11 6.6). An opcode on constants is computed while parsing, unless the program should meet the fault
 * in it when it runs: a division by 0, an overflow, a bad shift. What only initialisers of globals may be, an address with an
 * offset, is evaluated when it is asked for. */

#include "c-parse.h"

#include <string.h>

/* The integer as the type has it, extended to 64 bits by the type's sign. */
guint64
c_fold_to (const CType *type, guint64 bits)
{
  guint n_bits = c_type_get_size (type) * 8;
  guint64 sign;

  if (type->kind == C_TYPE_BOOL)
    return bits != 0;
  if (n_bits >= 64)
    return bits;
  bits &= (G_GUINT64_CONSTANT (1) << n_bits) - 1;
  sign = G_GUINT64_CONSTANT (1) << (n_bits - 1);
  return c_type_is_signed (type) && (bits & sign) ? bits | ~((sign << 1) - 1) : bits;
}

/* ---- integers ---- */

static gboolean
shift (const CType *type, guint8 opcode, guint64 a, guint64 b, guint64 *result)
{
  if (b >= c_type_get_size (type) * 8)
    return FALSE;
  if (opcode == IR_SHR)
    {
      *result = c_type_is_signed (type) ? (guint64)((gint64)a >> b) : a >> b;
      return TRUE;
    }
  *result = a << b;
  /* A one into or past the sign (C11 6.5.7p4). */
  return !c_type_is_signed (type) || a >> (c_type_get_size (type) * 8 - 1 - b) == 0;
}

static gboolean
divide (const CType *type, guint8 opcode, guint64 a, guint64 b, guint64 *result)
{
  if (b == 0)
    return FALSE;
  if (!c_type_is_signed (type))
    *result = opcode == IR_DIV ? a / b : a % b;
  else if (b == G_MAXUINT64)
    {
      *result = opcode == IR_DIV ? -a : 0;
      return opcode == IR_REM || a != (G_GUINT64_CONSTANT (1) << 63);
    }
  else
    *result
        = opcode == IR_DIV ? (guint64)((gint64)a / (gint64)b) : (guint64)((gint64)a % (gint64)b);
  return TRUE;
}

static gboolean
compare_integers (const CType *type, guint8 opcode, guint64 a, guint64 b)
{
  gboolean is_less = c_type_is_signed (type) ? (gint64)a < (gint64)b : a < b;

  switch (opcode)
    {
    case IR_EQ:
      return a == b;
    case IR_NE:
      return a != b;
    case IR_LT:
      return is_less;
    case IR_LE:
      return is_less || a == b;
    case IR_GT:
      return !is_less && a != b;
    default:
      return !is_less;
    }
}

/* Sums and products in 64 bits, FALSE when they do not fit there. */
static gboolean
add_up (const CType *type, guint8 opcode, guint64 a, guint64 b, guint64 *result)
{
  gint64 value = 0;
  gboolean overflows;

  if (opcode == IR_ADD)
    overflows = __builtin_add_overflow ((gint64)a, (gint64)b, &value);
  else if (opcode == IR_SUB)
    overflows = __builtin_sub_overflow ((gint64)a, (gint64)b, &value);
  else
    overflows = __builtin_mul_overflow ((gint64)a, (gint64)b, &value);
  *result = opcode == IR_ADD ? a + b : opcode == IR_SUB ? a - b : a * b;
  return !c_type_is_signed (type) || !overflows;
}

/* FALSE where the machine would report a fault; result is then what gcc gives, where it gives something. */
static gboolean
compute_integer (const CType *type, guint8 opcode, guint64 a, guint64 b, guint64 *result)
{
  gboolean is_fine = TRUE;
  guint64 exact;

  switch (opcode)
    {
    case IR_ADD:
    case IR_SUB:
    case IR_MUL:
      is_fine = add_up (type, opcode, a, b, &exact);
      break;
    case IR_DIV:
    case IR_REM:
      exact = 0;
      is_fine = divide (type, opcode, a, b, &exact);
      break;
    case IR_AND:
      exact = a & b;
      break;
    case IR_OR:
      exact = a | b;
      break;
    case IR_XOR:
      exact = a ^ b;
      break;
    case IR_SHL:
    case IR_SHR:
      exact = 0;
      is_fine = shift (type, opcode, a, b, &exact);
      break;
    default:
      *result = compare_integers (type, opcode, a, b);
      return TRUE;
    }
  *result = c_fold_to (type, exact);
  return is_fine && (!c_type_is_signed (type) || *result == exact);
}

/* ---- floating numbers ---- */

static gboolean
compute_floating (const CType *type, guint8 opcode, double a, double b, CExpression *result)
{
  double value;

  switch (opcode)
    {
    case IR_ADD:
      value = a + b;
      break;
    case IR_SUB:
      value = a - b;
      break;
    case IR_MUL:
      value = a * b;
      break;
    case IR_DIV:
      value = a / b;
      break;
    case IR_EQ:
      result->bits = a == b;
      return TRUE;
    case IR_NE:
      result->bits = a != b;
      return TRUE;
    case IR_LT:
      result->bits = a < b;
      return TRUE;
    case IR_LE:
      result->bits = a <= b;
      return TRUE;
    case IR_GT:
      result->bits = a > b;
      return TRUE;
    case IR_GE:
      result->bits = a >= b;
      return TRUE;
    default:
      return FALSE;
    }
  result->number = type->kind == C_TYPE_FLOAT ? (float)value : value;
  return TRUE;
}

/* A floating number as an integer, FALSE where it does not fit (C11 6.3.1.4). */
static gboolean
truncate_number (const CType *type, double number, guint64 *bits)
{
  if (type->kind == C_TYPE_BOOL)
    *bits = number != 0;
  else if (number >= -9223372036854775808.0 && number < 9223372036854775808.0)
    *bits = (guint64)(gint64)number;
  else if (number >= 0 && number < 18446744073709551616.0)
    *bits = (guint64)number;
  else
    return FALSE;
  return type->kind == C_TYPE_BOOL || c_fold_to (type, *bits) == *bits;
}

/* ---- folding while parsing ---- */

static gboolean
is_zero (const CExpression *constant)
{
  return c_type_is_floating (constant->type) ? constant->number == 0 : constant->bits == 0;
}

static gboolean
fold_conversion (const CExpression *from, CExpression *result)
{
  const CType *type = result->type;

  if (!c_type_is_scalar (type))
    return FALSE;
  if (c_type_is_floating (type))
    {
      double number = c_type_is_floating (from->type) ? from->number
                      : c_type_is_signed (from->type) ? (double)(gint64)from->bits
                                                      : (double)from->bits;

      result->number = type->kind == C_TYPE_FLOAT ? (float)number : number;
      return TRUE;
    }
  if (c_type_is_floating (from->type))
    return truncate_number (type, from->number, &result->bits);
  result->bits = c_fold_to (type, from->bits);
  return TRUE;
}

static gboolean
fold_unary (const CExpression *expression, CExpression *result)
{
  const CExpression *a = expression->a;

  switch (expression->kind)
    {
    case C_EXPRESSION_NEGATE:
      if (!c_type_is_floating (a->type))
        return compute_integer (a->type, IR_SUB, 0, a->bits, &result->bits);
      result->number = -a->number;
      return TRUE;
    case C_EXPRESSION_COMPLEMENT:
      result->bits = c_fold_to (a->type, ~a->bits);
      return TRUE;
    case C_EXPRESSION_NOT:
      result->bits = is_zero (a);
      return TRUE;
    case C_EXPRESSION_CONVERT:
      return fold_conversion (a, result);
    default:
      return FALSE;
    }
}

static gboolean
fold_binary (const CExpression *expression, CExpression *result)
{
  const CExpression *a = expression->a, *b = expression->b;

  switch (expression->kind)
    {
    case C_EXPRESSION_BINARY:
      if (c_type_is_floating (a->type))
        return compute_floating (a->type, expression->opcode, a->number, b->number, result);
      return c_type_is_integer (a->type)
             && compute_integer (a->type, expression->opcode, a->bits, b->bits, &result->bits);
    case C_EXPRESSION_AND:
      result->bits = !is_zero (a) && !is_zero (b);
      return TRUE;
    case C_EXPRESSION_OR:
      result->bits = !is_zero (a) || !is_zero (b);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
is_constant (const CExpression *expression)
{
  return expression != NULL && expression->kind == C_EXPRESSION_CONSTANT;
}

/* The constant that the expression is, or the expression itself. */
CExpression *
c_fold (CParser *parser, CExpression *expression)
{
  CExpression result = *expression;
  gboolean is_folded = FALSE;

  if (!is_constant (expression->a))
    return expression;
  if (expression->kind == C_EXPRESSION_CONDITIONAL)
    {
      if (!is_constant (expression->b) || !is_constant (expression->c))
        return expression;
      result = is_zero (expression->a) ? *expression->c : *expression->b;
      result.span = expression->span;
      is_folded = TRUE;
    }
  else if (expression->b == NULL)
    is_folded = fold_unary (expression, &result);
  else if (is_constant (expression->b))
    is_folded = fold_binary (expression, &result);
  if (!is_folded)
    return expression;
  result.kind = C_EXPRESSION_CONSTANT;
  result.a = result.b = NULL;
  result.depth = 1;
  result.line = expression->line;
  *expression = result;
  return expression;
}

/* ---- initialisers of globals ---- */

static gboolean
evaluate_place (const CExpression *place, CConstant *constant)
{
  CConstant index;

  switch (place->kind)
    {
    case C_EXPRESSION_VARIABLE:
      *constant = (CConstant){ .symbol = place->symbol };
      return place->symbol->is_global;
    case C_EXPRESSION_FUNCTION:
      *constant = (CConstant){ .symbol = place->symbol };
      return TRUE;
    case C_EXPRESSION_STRING:
      *constant = (CConstant){ .string = place };
      return TRUE;
    case C_EXPRESSION_MEMBER:
      if (!evaluate_place (place->a, constant))
        return FALSE;
      constant->bits += place->a->type->record->fields[place->field].offset;
      return TRUE;
    case C_EXPRESSION_INDEX:
      if (!evaluate_place (place->a, constant) || !c_evaluate (place->b, &index))
        return FALSE;
      constant->bits += index.bits * c_type_get_size (place->type);
      return TRUE;
    case C_EXPRESSION_DEREF:
      return c_evaluate (place->a, constant);
    default:
      return FALSE;
    }
}

static gboolean
evaluate_conversion (const CExpression *expression, CConstant *constant)
{
  CExpression from = { .type = expression->a->type }, to = { .type = expression->type };

  if (!c_evaluate (expression->a, constant))
    return FALSE;
  if (constant->symbol != NULL || constant->string != NULL)
    return c_type_get_size (expression->type) == 8 && !c_type_is_floating (expression->type);
  if (c_type_is_floating (from.type))
    from.number = constant->number;
  else
    from.bits = constant->bits;
  if (!fold_conversion (&from, &to))
    to.bits = 0;
  if (c_type_is_floating (to.type))
    constant->number = to.number;
  else
    constant->bits = to.bits;
  return TRUE;
}

/* Arithmetic that folding left alone since it overflows: gcc warns, and wraps. */
static gboolean
evaluate_arithmetic (const CExpression *expression, CConstant *constant)
{
  CConstant a, b = { NULL };
  guint8 opcode = expression->kind == C_EXPRESSION_NEGATE ? IR_SUB : expression->opcode;

  if (!c_evaluate (expression->a, &a) || (expression->b != NULL && !c_evaluate (expression->b, &b)))
    return FALSE;
  if (a.symbol != NULL || a.string != NULL || b.symbol != NULL || b.string != NULL
      || !c_type_is_integer (expression->a->type)
      || ((opcode == IR_DIV || opcode == IR_REM) && b.bits == 0))
    return FALSE;
  *constant = (CConstant){ NULL };
  if (expression->b == NULL)
    compute_integer (expression->type, opcode, 0, a.bits, &constant->bits);
  else
    compute_integer (expression->a->type, opcode, a.bits, b.bits, &constant->bits);
  return TRUE;
}

/* A letter of a text constant, which gcc takes as a constant too: "xyz"[1], *"xyz". */
static gboolean
evaluate_letter (const CExpression *place, CConstant *constant)
{
  CConstant address;

  if (c_type_get_size (place->type) != 1 || !evaluate_place (place, &address)
      || address.string == NULL || address.bits >= address.string->string.n_bytes)
    return FALSE;
  *constant = (CConstant){ .bits = c_fold_to (place->type,
                                              (guchar)address.string->string.bytes[address.bits]) };
  return TRUE;
}

static gboolean
evaluate_pointer (const CExpression *expression, CConstant *constant)
{
  guint64 size = c_type_get_size (expression->type->element);
  CConstant index;

  if (!c_evaluate (expression->a, constant) || !c_evaluate (expression->b, &index)
      || index.symbol != NULL || index.string != NULL)
    return FALSE;
  constant->bits += expression->opcode == IR_POINTER_ADD ? index.bits * size : -(index.bits * size);
  return TRUE;
}

gboolean
c_evaluate (const CExpression *expression, CConstant *constant)
{
  switch (expression->kind)
    {
    case C_EXPRESSION_CONSTANT:
      *constant = (CConstant){ NULL };
      if (c_type_is_floating (expression->type))
        constant->number = expression->number;
      else
        constant->bits = expression->bits;
      return TRUE;
    case C_EXPRESSION_STRING:
    case C_EXPRESSION_FUNCTION:
      return evaluate_place (expression, constant);
    case C_EXPRESSION_INDEX:
    case C_EXPRESSION_DEREF:
      return evaluate_letter (expression, constant);
    case C_EXPRESSION_ADDRESS:
      return evaluate_place (expression->a, constant);
    case C_EXPRESSION_CONVERT:
      return evaluate_conversion (expression, constant);
    case C_EXPRESSION_NEGATE:
    case C_EXPRESSION_BINARY:
      return evaluate_arithmetic (expression, constant);
    case C_EXPRESSION_POINTER:
      return evaluate_pointer (expression, constant);
    case C_EXPRESSION_CONDITIONAL:
      if (!c_evaluate (expression->a, constant) || constant->symbol != NULL)
        return FALSE;
      return c_evaluate (constant->bits != 0 ? expression->b : expression->c, constant);
    default:
      return FALSE;
    }
}
