/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Statements (C11 6.8). Chains that people write long (else if, case after case) are read in loops, so that only what is really
 * nested counts as nesting. */

#include "c-parse.h"

#include "lang/lang-arena.h"

static CStatement *parse_statement (CParser *parser);

CStatement *
c_new_statement (CParser *parser, CStatementKind kind, const CToken *first)
{
  CStatement *statement = lang_arena_new0 (parser->context->arena, CStatement);

  statement->kind = kind;
  statement->span = first->span;
  statement->line = first->line;
  return statement;
}

/* ---- blocks ---- */

static CStatement *
parse_block_item (CParser *parser)
{
  const CToken *token = c_peek (parser);
  gboolean is_label
      = token->kind == C_TOKEN_IDENTIFIER && c_peek_second (parser)->kind == C_TOKEN_COLON;

  if (token->kind == C_TOKEN_STATIC_ASSERT || (c_begins_type (parser, token) && !is_label))
    return c_parse_declaration (parser);
  /* Two names in a row are a declaration whose type is not known. */
  if (token->kind == C_TOKEN_IDENTIFIER && c_peek_second (parser)->kind == C_TOKEN_IDENTIFIER)
    return c_parse_declaration (parser);
  return parse_statement (parser);
}

/* block = "{" (declaration | statement)* "}"; is_body: the function's own, in whose scope the parameters stand */
CStatement *
c_parse_block (CParser *parser, gboolean is_body)
{
  guint first = parser->at;
  CStatement *block = c_new_statement (parser, C_STATEMENT_BLOCK, c_peek (parser));
  CStatement **tail = &block->first;
  const CToken *open = c_peek (parser);

  if (!c_expect (parser, C_TOKEN_LEFT_BRACE) || !c_nest (parser))
    return block;
  if (!is_body)
    c_scope_enter (parser);
  block->block = parser->block;
  while (c_peek_kind (parser) != C_TOKEN_RIGHT_BRACE && c_peek_kind (parser) != C_TOKEN_END)
    {
      CStatement *item = parse_block_item (parser);

      if (parser->is_lost)
        c_skip_statement (parser);
      block->has_label |= item->has_label;
      *tail = item;
      tail = &item->next;
    }
  if (c_peek_kind (parser) == C_TOKEN_END && !parser->context->is_stopped)
    {
      guint32 behind = c_span_from (parser, first).end;

      c_add_label (
          c_report (parser->context, (TextSpan){ behind - 1, behind }, "expected-token",
                    text_message_new (TEXT_C_EXPECTED, "ss", "`}`", "the end of the file")),
          open->span, text_message_new (TEXT_C_OPENED_HERE, ""));
      parser->context->is_stopped = TRUE;
    }
  c_accept (parser, C_TOKEN_RIGHT_BRACE);
  block->span = c_span_from (parser, first);
  if (!is_body)
    c_scope_leave (parser, block->span.end);
  c_unnest (parser);
  return block;
}

/* ---- conditions ---- */

static CExpression *
parse_parenthesised (CParser *parser)
{
  CExpression *expression;

  if (!c_expect (parser, C_TOKEN_LEFT_PAREN))
    return c_new_error (parser, c_peek (parser)->span);
  expression = c_parse_expression (parser);
  c_expect (parser, C_TOKEN_RIGHT_PAREN);
  return expression;
}

static CStatement *
parse_body (CParser *parser, CStatement *statement)
{
  CStatement *body;

  if (parser->is_lost || !c_nest (parser))
    return c_new_statement (parser, C_STATEMENT_EMPTY, c_peek (parser));
  if (c_begins_type (parser, c_peek (parser)) && c_peek_second (parser)->kind != C_TOKEN_COLON)
    {
      c_report (parser->context, c_peek (parser)->span, "expected-token",
                text_message_new (TEXT_C_DECLARATION_AS_BODY, ""));
      parser->is_lost = TRUE;
      return c_new_statement (parser, C_STATEMENT_EMPTY, c_peek (parser));
    }
  body = parse_statement (parser);
  c_unnest (parser);
  statement->has_label |= body->has_label;
  return body;
}

/* if = "if" "(" expression ")" statement ["else" statement] */
static CStatement *
parse_if (CParser *parser)
{
  CStatement *first = NULL, **link = &first;

  for (;;)
    {
      guint begin = parser->at;
      CStatement *statement = c_new_statement (parser, C_STATEMENT_IF, c_take (parser));

      *link = statement;
      statement->expression = c_check_condition (parser, parse_parenthesised (parser));
      statement->body = parse_body (parser, statement);
      statement->span = c_span_from (parser, begin);
      first->has_label |= statement->has_label;
      if (!c_accept (parser, C_TOKEN_ELSE))
        return first;
      link = &statement->otherwise;
      if (c_peek_kind (parser) != C_TOKEN_IF)
        break;
    }
  *link = parse_body (parser, first);
  return first;
}

/* ---- loops ---- */

/* while = "while" "(" expression ")" statement */
static CStatement *
parse_while (CParser *parser)
{
  CStatement *statement = c_new_statement (parser, C_STATEMENT_WHILE, c_take (parser));

  statement->expression = c_check_condition (parser, parse_parenthesised (parser));
  parser->n_loops++;
  statement->body = parse_body (parser, statement);
  parser->n_loops--;
  return statement;
}

/* do = "do" statement "while" "(" expression ")" ";" */
static CStatement *
parse_do (CParser *parser)
{
  CStatement *statement = c_new_statement (parser, C_STATEMENT_DO, c_take (parser));

  parser->n_loops++;
  statement->body = parse_body (parser, statement);
  parser->n_loops--;
  if (c_expect (parser, C_TOKEN_WHILE))
    statement->expression = c_check_condition (parser, parse_parenthesised (parser));
  else
    statement->expression = c_new_error (parser, statement->span);
  c_expect (parser, C_TOKEN_SEMICOLON);
  return statement;
}

static CStatement *
parse_for_first (CParser *parser)
{
  CStatement *first;

  if (c_accept (parser, C_TOKEN_SEMICOLON))
    return NULL;
  if (c_begins_type (parser, c_peek (parser)))
    return c_parse_declaration (parser);
  first = c_new_statement (parser, C_STATEMENT_EXPRESSION, c_peek (parser));
  first->expression = c_parse_expression (parser);
  c_expect (parser, C_TOKEN_SEMICOLON);
  return first;
}

/* for = "for" "(" (declaration | [expression] ";") [expression] ";" [expression] ")" statement */
static CStatement *
parse_for (CParser *parser)
{
  guint begin = parser->at;
  CStatement *statement = c_new_statement (parser, C_STATEMENT_FOR, c_take (parser));

  c_scope_enter (parser);
  statement->block = parser->block;
  if (c_expect (parser, C_TOKEN_LEFT_PAREN))
    {
      statement->first = parse_for_first (parser);
      if (c_peek_kind (parser) != C_TOKEN_SEMICOLON)
        statement->expression = c_check_condition (parser, c_parse_expression (parser));
      c_expect (parser, C_TOKEN_SEMICOLON);
      if (c_peek_kind (parser) != C_TOKEN_RIGHT_PAREN)
        statement->update = c_parse_expression (parser);
      c_expect (parser, C_TOKEN_RIGHT_PAREN);
    }
  statement->span = c_span_from (parser, begin);
  parser->n_loops++;
  statement->body = parse_body (parser, statement);
  parser->n_loops--;
  c_scope_leave (parser, c_span_from (parser, begin).end);
  return statement;
}

/* ---- switch ---- */

/* switch = "switch" "(" expression ")" statement */
static CStatement *
parse_switch (CParser *parser)
{
  CStatement *statement = c_new_statement (parser, C_STATEMENT_SWITCH, c_take (parser));
  CStatement *outer = parser->switch_statement;
  GHashTable *outer_table = parser->case_table;
  CExpression *subject = c_check_value (parser, parse_parenthesised (parser));
  guint n_loops = parser->n_loops;

  if (!c_type_is_integer (subject->type) && !c_type_is_error (subject->type))
    {
      g_autofree char *spelling = c_type_spell (parser->types, subject->type);

      c_report (parser->context, subject->span, "type-mismatch",
                text_message_new (TEXT_C_SWITCH_NOT_INTEGER, "s", spelling));
      subject = c_new_error (parser, subject->span);
    }
  statement->expression
      = c_convert (parser, subject, c_type_promote (parser->types, subject->type));
  parser->switch_statement = statement;
  parser->case_table = g_hash_table_new (g_int64_hash, g_int64_equal);
  statement->body = parse_body (parser, statement);
  g_hash_table_unref (parser->case_table);
  parser->case_table = outer_table;
  parser->switch_statement = outer;
  parser->n_loops = n_loops;
  /* The cases inside are entered from this statement only. */
  statement->has_label = parser->function->has_labels;
  return statement;
}

static void
add_case (CParser *parser, CStatement *label)
{
  CStatement *statement = parser->switch_statement, **link = &statement->cases, *earlier = NULL;

  if (label->is_default)
    {
      for (CStatement *other = statement->cases; other != NULL; other = other->next_case)
        if (other->is_default)
          earlier = other;
    }
  else
    {
      earlier = g_hash_table_lookup (parser->case_table, &label->value);
      g_hash_table_insert (parser->case_table, &label->value, label);
    }
  if (earlier != NULL)
    {
      c_add_label (c_report (parser->context, label->span, "duplicate-case",
                             text_message_new (
                                 label->is_default ? TEXT_C_DEFAULT_TWICE : TEXT_C_CASE_TWICE, "")),
                   earlier->span, text_message_new (TEXT_C_FIRST_HERE, ""));
      return;
    }
  /* The order of the cases does not matter: the newest stands first. */
  label->next_case = *link;
  *link = label;
}

/* case = "case" constant ":" | "default" ":" */
static CStatement *
parse_case (CParser *parser)
{
  guint first = parser->at;
  CStatement *label = c_new_statement (parser, C_STATEMENT_CASE, c_take (parser));
  gint64 value = 0;

  label->has_label = TRUE;
  label->is_default = parser->tokens[first].kind == C_TOKEN_DEFAULT;
  if (!label->is_default)
    {
      c_parse_constant (parser, &value, NULL);
      if (c_peek_kind (parser) == C_TOKEN_ELLIPSIS && !parser->is_lost)
        {
          c_report_unsupported (parser->context, c_peek (parser)->span, "a range `case a ... b`");
          parser->is_lost = TRUE;
        }
    }
  label->span = c_span_from (parser, first);
  c_expect (parser, C_TOKEN_COLON);
  if (parser->is_lost)
    return label;
  if (parser->switch_statement == NULL)
    {
      c_report (
          parser->context, label->span, "misplaced",
          text_message_new (TEXT_C_OUTSIDE_SWITCH, "s", label->is_default ? "default" : "case"));
      return label;
    }
  label->value = c_fold_to (parser->switch_statement->expression->type, value);
  add_case (parser, label);
  return label;
}

/* ---- labels and jumps ---- */

static CLabel *
find_label (CParser *parser, CName *name, TextSpan span)
{
  CLabel *label;

  if (name->label != NULL)
    return name->label;
  label = lang_arena_new0 (parser->context->arena, CLabel);
  label->name = name;
  label->span = span;
  name->label = label;
  g_ptr_array_add (parser->labels, label);
  parser->function->has_labels = TRUE;
  return label;
}

/* label = name ":" */
static CStatement *
parse_label (CParser *parser)
{
  const CToken *name = c_take (parser);
  CStatement *statement = c_new_statement (parser, C_STATEMENT_LABEL, name);
  CLabel *label = find_label (parser, name->name, name->span);

  c_take (parser);
  if (label->is_defined)
    c_add_label (c_report (parser->context, name->span, "redefined",
                           text_message_new (TEXT_C_REDEFINED, "s", name->name->text)),
                 label->span, text_message_new (TEXT_C_DEFINED_HERE, ""));
  label->is_defined = TRUE;
  label->span = name->span;
  label->block = parser->block;
  statement->label = label;
  statement->has_label = TRUE;
  return statement;
}

/* goto = "goto" name ";" */
static CStatement *
parse_goto (CParser *parser)
{
  CStatement *statement = c_new_statement (parser, C_STATEMENT_GOTO, c_take (parser));
  const CToken *name = c_peek (parser);

  if (name->kind == C_TOKEN_STAR && !parser->is_lost)
    {
      c_report_unsupported (parser->context, name->span, "`goto` to a computed place");
      parser->is_lost = TRUE;
    }
  else if (name->kind != C_TOKEN_IDENTIFIER)
    c_report_unexpected (parser, "a label's name");
  else
    statement->label = find_label (parser, c_take (parser)->name, name->span);
  c_expect (parser, C_TOKEN_SEMICOLON);
  return statement;
}

/* jump = ("break" | "continue") ";" */
static CStatement *
parse_jump (CParser *parser)
{
  const CToken *token = c_take (parser);
  gboolean is_break = token->kind == C_TOKEN_BREAK;
  CStatement *statement
      = c_new_statement (parser, is_break ? C_STATEMENT_BREAK : C_STATEMENT_CONTINUE, token);

  if (parser->n_loops == 0 && !(is_break && parser->switch_statement != NULL))
    c_report (parser->context, token->span, "misplaced",
              text_message_new (is_break ? TEXT_C_BREAK_OUTSIDE : TEXT_C_CONTINUE_OUTSIDE, ""));
  c_expect (parser, C_TOKEN_SEMICOLON);
  return statement;
}

static void
check_return (CParser *parser, CStatement *statement)
{
  CType *result = parser->function->type->element;
  CExpression *value = statement->expression;

  if (value == NULL)
    {
      if (result->kind != C_TYPE_VOID && !c_type_is_error (result))
        c_warn (parser->context, statement->span, "missing-value",
                text_message_new (TEXT_C_RETURN_WITHOUT_VALUE, ""));
      return;
    }
  value = c_check_value (parser, value);
  if (result->kind == C_TYPE_VOID)
    {
      if (value->type->kind != C_TYPE_VOID && value->kind != C_EXPRESSION_ERROR)
        c_warn (parser->context, value->span, "needless-value",
                text_message_new (TEXT_C_RETURN_WITH_VALUE, ""));
      statement->expression
          = c_check_cast (parser, &parser->types->basic[C_TYPE_VOID], value, value->span);
      return;
    }
  statement->expression
      = c_check_assignable (parser, value, result, C_ASSIGN_RETURN, value->span, NULL);
}

/* return = "return" [expression] ";" */
static CStatement *
parse_return (CParser *parser)
{
  CStatement *statement = c_new_statement (parser, C_STATEMENT_RETURN, c_take (parser));

  if (c_peek_kind (parser) != C_TOKEN_SEMICOLON)
    statement->expression = c_parse_expression (parser);
  check_return (parser, statement);
  c_expect (parser, C_TOKEN_SEMICOLON);
  return statement;
}

/* ---- the rule of all ---- */

/* expression-statement = [expression] ";" */
static CStatement *
parse_expression_statement (CParser *parser)
{
  CStatement *statement = c_new_statement (parser, C_STATEMENT_EXPRESSION, c_peek (parser));

  if (c_accept (parser, C_TOKEN_SEMICOLON))
    {
      statement->kind = C_STATEMENT_EMPTY;
      return statement;
    }
  statement->expression = c_parse_expression (parser);
  c_expect (parser, C_TOKEN_SEMICOLON);
  return statement;
}

static CStatement *
parse_unlabelled (CParser *parser)
{
  switch ((guint)c_peek_kind (parser))
    {
    case C_TOKEN_LEFT_BRACE:
      return c_parse_block (parser, FALSE);
    case C_TOKEN_IF:
      return parse_if (parser);
    case C_TOKEN_WHILE:
      return parse_while (parser);
    case C_TOKEN_DO:
      return parse_do (parser);
    case C_TOKEN_FOR:
      return parse_for (parser);
    case C_TOKEN_SWITCH:
      return parse_switch (parser);
    case C_TOKEN_BREAK:
    case C_TOKEN_CONTINUE:
      return parse_jump (parser);
    case C_TOKEN_GOTO:
      return parse_goto (parser);
    case C_TOKEN_RETURN:
      return parse_return (parser);
    case C_TOKEN_ELSE:
      c_report (parser->context, c_peek (parser)->span, "expected-token",
                text_message_new (TEXT_C_ELSE_ALONE, ""));
      parser->is_lost = TRUE;
      return c_new_statement (parser, C_STATEMENT_EMPTY, c_take (parser));
    default:
      return parse_expression_statement (parser);
    }
}

/* statement = (case | label)* unlabelled. Labels become statements of their own in front. */
static CStatement *
parse_statement (CParser *parser)
{
  const CToken *first = c_peek (parser);
  guint begin;
  CStatement *group = NULL, **tail = NULL, *statement;

  for (;;)
    {
      CTokenKind kind = c_peek_kind (parser);
      gboolean is_case = kind == C_TOKEN_CASE || kind == C_TOKEN_DEFAULT;

      if (parser->is_lost
          || (!is_case
              && (kind != C_TOKEN_IDENTIFIER || c_peek_second (parser)->kind != C_TOKEN_COLON)))
        break;
      if (group == NULL)
        {
          group = c_new_statement (parser, C_STATEMENT_BLOCK, first);
          group->has_label = TRUE;
          tail = &group->first;
        }
      *tail = is_case ? parse_case (parser) : parse_label (parser);
      tail = &(*tail)->next;
    }
  if (group != NULL && c_begins_type (parser, c_peek (parser)) && !parser->is_lost)
    {
      c_report (parser->context, c_peek (parser)->span, "expected-token",
                text_message_new (TEXT_C_DECLARATION_AFTER_LABEL, ""));
      parser->is_lost = TRUE;
    }
  if (group != NULL && c_peek_kind (parser) == C_TOKEN_RIGHT_BRACE && !parser->is_lost)
    c_report_unexpected (parser, "a statement behind the label");
  if (parser->is_lost)
    return group != NULL ? group : c_new_statement (parser, C_STATEMENT_EMPTY, first);
  begin = parser->at;
  statement = parse_unlabelled (parser);
  /* A loop's span is its header, where it stops. */
  if (statement->kind != C_STATEMENT_FOR)
    statement->span = c_span_from (parser, begin);
  if (group == NULL)
    return statement;
  *tail = statement;
  return group;
}
