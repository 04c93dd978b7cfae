/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The expression behind #if (C11 6.10.1): macros are expanded, other names are 0, and all values are 64 bits wide. */

#include "c-preprocess.h"

#include "c-literal.h"

typedef struct
{
  guint64 bits;
  gboolean is_unsigned;
} Value;

typedef struct
{
  CContext *context;
  const CToken *tokens; /* ends with END */
  guint at;
  guint nesting;
  TextSpan directive;
  gboolean is_bad; /* something was reported */
} Condition;

static Value evaluate_conditional (Condition *condition);

static Value
fail (Condition *condition, TextSpan span, TextMessage *message)
{
  if (condition->is_bad)
    text_message_free (message);
  else
    c_report (condition->context, span.begin != 0 ? span : condition->directive, "bad-directive",
              message);
  condition->is_bad = TRUE;
  return (Value){ 0, FALSE };
}

static gboolean
accept (Condition *condition, CTokenKind kind)
{
  if (condition->tokens[condition->at].kind != kind)
    return FALSE;
  condition->at++;
  return TRUE;
}

/* primary = number | character | name | "(" conditional ")" */
static Value
evaluate_primary (Condition *condition)
{
  const CToken *token = &condition->tokens[condition->at];
  CNumber number;
  Value value = { 0, FALSE };

  if (token->kind == C_TOKEN_END)
    return fail (condition, condition->directive, text_message_new (TEXT_C_IF_WITHOUT_VALUE, ""));
  condition->at++;
  if (token->kind == C_TOKEN_NUMBER)
    {
      if (!c_number_read (condition->context, token, &number) || number.is_floating)
        return fail (condition, token->span, text_message_new (TEXT_C_IF_NOT_INTEGER, ""));
      return (Value){ number.bits, number.is_unsigned };
    }
  if (token->kind == C_TOKEN_CHARACTER)
    {
      value.bits = c_character_read (condition->context, token);
      return value;
    }
  if (token->kind == C_TOKEN_LEFT_PAREN)
    {
      if (++condition->nesting > C_MAX_NESTING)
        {
          c_report_limit (condition->context, token->span, "limit",
                          text_message_new (TEXT_C_NESTING_LIMIT, "u", (guint64)C_MAX_NESTING));
          condition->is_bad = TRUE;
          return value;
        }
      value = evaluate_conditional (condition);
      condition->nesting--;
      if (!accept (condition, C_TOKEN_RIGHT_PAREN))
        fail (condition, token->span, text_message_new (TEXT_C_IF_NOT_INTEGER, ""));
      return value;
    }
  if (token->kind == C_TOKEN_IDENTIFIER || token->kind < C_TOKEN_LEFT_BRACKET)
    return value;
  return fail (condition, token->span, text_message_new (TEXT_C_IF_NOT_INTEGER, ""));
}

/* unary = ("!" | "~" | "-" | "+")* primary */
static Value
evaluate_unary (Condition *condition)
{
  guint first = condition->at;
  Value value;

  while (accept (condition, C_TOKEN_EXCLAMATION) || accept (condition, C_TOKEN_TILDE)
         || accept (condition, C_TOKEN_MINUS) || accept (condition, C_TOKEN_PLUS))
    ;
  {
    guint behind = condition->at;

    value = evaluate_primary (condition);
    while (behind-- > first)
      {
        CTokenKind kind = condition->tokens[behind].kind;

        if (kind == C_TOKEN_EXCLAMATION)
          value = (Value){ value.bits == 0, FALSE };
        else if (kind == C_TOKEN_TILDE)
          value.bits = ~value.bits;
        else if (kind == C_TOKEN_MINUS)
          value.bits = -value.bits;
      }
  }
  return value;
}

static gboolean
is_less (Value a, Value b)
{
  if (a.is_unsigned || b.is_unsigned)
    return a.bits < b.bits;
  return (gint64)a.bits < (gint64)b.bits;
}

static Value
divide (Condition *condition, const CToken *sign, Value a, Value b)
{
  gboolean is_unsigned = a.is_unsigned || b.is_unsigned;
  gboolean is_quotient = sign->kind == C_TOKEN_SLASH;

  if (b.bits == 0)
    return fail (condition, sign->span, text_message_new (TEXT_C_IF_DIVISION, ""));
  if (is_unsigned)
    return (Value){ is_quotient ? a.bits / b.bits : a.bits % b.bits, TRUE };
  if (b.bits == G_MAXUINT64)
    return (Value){ is_quotient ? -a.bits : 0, FALSE };
  if (is_quotient)
    return (Value){ (gint64)a.bits / (gint64)b.bits, FALSE };
  return (Value){ (gint64)a.bits % (gint64)b.bits, FALSE };
}

static Value
apply (Condition *condition, const CToken *sign, Value a, Value b)
{
  gboolean is_unsigned = a.is_unsigned || b.is_unsigned;

  switch ((guint)sign->kind)
    {
    case C_TOKEN_STAR:
      return (Value){ a.bits * b.bits, is_unsigned };
    case C_TOKEN_SLASH:
    case C_TOKEN_PERCENT:
      return divide (condition, sign, a, b);
    case C_TOKEN_PLUS:
      return (Value){ a.bits + b.bits, is_unsigned };
    case C_TOKEN_MINUS:
      return (Value){ a.bits - b.bits, is_unsigned };
    case C_TOKEN_LEFT_SHIFT:
      return (Value){ b.bits < 64 ? a.bits << b.bits : 0, a.is_unsigned };
    case C_TOKEN_RIGHT_SHIFT:
      if (a.is_unsigned)
        return (Value){ b.bits < 64 ? a.bits >> b.bits : 0, TRUE };
      return (Value){ (gint64)a.bits >> MIN (b.bits, 63), FALSE };
    case C_TOKEN_LESS:
      return (Value){ is_less (a, b), FALSE };
    case C_TOKEN_GREATER:
      return (Value){ is_less (b, a), FALSE };
    case C_TOKEN_LESS_EQUAL:
      return (Value){ !is_less (b, a), FALSE };
    case C_TOKEN_GREATER_EQUAL:
      return (Value){ !is_less (a, b), FALSE };
    case C_TOKEN_EQUAL_EQUAL:
      return (Value){ a.bits == b.bits, FALSE };
    case C_TOKEN_NOT_EQUAL:
      return (Value){ a.bits != b.bits, FALSE };
    case C_TOKEN_AMPERSAND:
      return (Value){ a.bits & b.bits, is_unsigned };
    case C_TOKEN_CARET:
      return (Value){ a.bits ^ b.bits, is_unsigned };
    case C_TOKEN_BAR:
      return (Value){ a.bits | b.bits, is_unsigned };
    case C_TOKEN_AND_AND:
      return (Value){ a.bits && b.bits, FALSE };
    default:
      return (Value){ a.bits || b.bits, FALSE };
    }
}

/* binary = unary (operator unary)*, by precedence. The operand that && and || do not need may divide by 0. */
static Value
evaluate_binary (Condition *condition, guint least)
{
  Value value = evaluate_unary (condition);

  for (;;)
    {
      const CToken *sign = &condition->tokens[condition->at];
      guint precedence = c_token_kind_get_precedence (sign->kind);
      gboolean is_needless = (sign->kind == C_TOKEN_AND_AND && value.bits == 0)
                             || (sign->kind == C_TOKEN_BAR_BAR && value.bits != 0);
      gboolean was_bad = condition->is_bad;
      Value right;

      if (precedence == 0 || precedence < least)
        return value;
      condition->at++;
      if (is_needless)
        condition->is_bad = TRUE;
      right = evaluate_binary (condition, precedence + 1);
      if (is_needless)
        condition->is_bad = was_bad;
      value = apply (condition, sign, value, right);
    }
}

/* conditional = binary ["?" conditional ":" conditional] */
static Value
evaluate_conditional (Condition *condition)
{
  Value value = evaluate_binary (condition, 1), first, second;

  if (!accept (condition, C_TOKEN_QUESTION) || condition->is_bad)
    return value;
  if (++condition->nesting > C_MAX_NESTING)
    return fail (condition, condition->directive, text_message_new (TEXT_C_IF_NOT_INTEGER, ""));
  first = evaluate_conditional (condition);
  if (!accept (condition, C_TOKEN_COLON))
    return fail (condition, condition->directive, text_message_new (TEXT_C_IF_NOT_INTEGER, ""));
  second = evaluate_conditional (condition);
  condition->nesting--;
  return value.bits != 0 ? first : second;
}

/* Puts 1 or 0 for `defined X` and `defined (X)`, before macros are expanded. */
static void
replace_defined (const CToken *tokens, guint n_tokens, CTokenList *list)
{
  for (guint i = 0; i < n_tokens; i++)
    {
      CToken token = tokens[i];
      guint at = i + 1;
      gboolean has_paren;

      if (token.kind == C_TOKEN_IDENTIFIER && g_str_equal (token.name->text, "defined"))
        {
          has_paren = at < n_tokens && tokens[at].kind == C_TOKEN_LEFT_PAREN;
          at += has_paren;
          if (at < n_tokens && tokens[at].kind == C_TOKEN_IDENTIFIER)
            {
              token.text = tokens[at].name->macro != NULL ? "1" : "0";
              token.kind = C_TOKEN_NUMBER;
              token.length = 1;
              i = at + (has_paren && at + 1 < n_tokens);
            }
        }
      c_token_list_add (list, &token);
    }
}

gboolean
c_evaluate_condition (CPreprocessor *preprocessor, TextSpan directive, const CToken *tokens,
                      guint n_tokens, gboolean *value)
{
  CTokenList plain = { NULL }, expanded = { NULL };
  CToken end = { C_TOKEN_END };
  Condition condition = { preprocessor->context, NULL, 0, 0, directive, FALSE };

  replace_defined (tokens, n_tokens, &plain);
  c_macro_expand_line (preprocessor, plain.tokens, plain.n_tokens, &expanded);
  c_token_list_add (&expanded, &end);
  condition.tokens = expanded.tokens;
  *value = evaluate_conditional (&condition).bits != 0;
  if (condition.tokens[condition.at].kind != C_TOKEN_END)
    fail (&condition, condition.tokens[condition.at].span,
          text_message_new (TEXT_C_IF_NOT_INTEGER, ""));
  c_token_list_clear (&plain);
  c_token_list_clear (&expanded);
  if (condition.is_bad)
    *value = FALSE;
  return !condition.is_bad;
}
