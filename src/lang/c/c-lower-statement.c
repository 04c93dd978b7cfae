/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Statements, and where the learner stops:
 *
 *     STMT   before a simple statement, not when it stands on the line of the header whose body it is in
 *     COND   before each evaluation of a condition; a for's first STOP covers its first part too
 *     EXIT   once in a frame, when its value is known
 *
 * Code that nothing reaches is left out. */

#include "c-lower.h"

void
c_lower_stop (CLower *lower, IrStopKind kind, TextSpan span)
{
  if (lower->has_stops)
    ir_build_stop (&lower->builder, kind, span);
}

static void
stop_at_statement (CLower *lower, const CStatement *statement)
{
  if (statement->line != lower->header_line)
    c_lower_stop (lower, IR_STOP_STMT, statement->span);
}

/* ---- scopes ---- */

static void
enter_scope (CLower *lower, CBlock *block)
{
  CLowerScope scope = { block, lower->live->len };

  g_array_append_val (lower->scopes, scope);
}

/* Ends the incarnations of all scopes but the outer n, which control leaves here. */
static void
end_lives (CLower *lower, guint n_scopes)
{
  guint first;

  if (n_scopes >= lower->scopes->len)
    return;
  first = g_array_index (lower->scopes, CLowerScope, n_scopes).n_live;
  for (guint i = lower->live->len; i-- > first;)
    ir_build_dead (&lower->builder, g_array_index (lower->live, IrSlotId, i));
}

static void
leave_scope (CLower *lower)
{
  guint n = lower->scopes->len - 1;

  /* With the function's own scope the frame goes, and ends all. */
  if (n > 0 && !c_lower_is_ended (lower))
    end_lives (lower, n);
  g_array_set_size (lower->live, g_array_index (lower->scopes, CLowerScope, n).n_live);
  g_array_set_size (lower->scopes, n);
}

static void
jump_out (CLower *lower, CTarget *target)
{
  end_lives (lower, target->n_scopes);
  c_lower_jump (lower, target);
}

/* ---- simple statements ---- */

static void
lower_expression_statement (CLower *lower, const CStatement *statement)
{
  stop_at_statement (lower, statement);
  c_lower_effect (lower, statement->expression);
}

static gboolean
has_first_value (const CStatement *declaration)
{
  for (guint i = 0; i < declaration->n_symbols; i++)
    if (declaration->symbols[i]->has_initialiser && !declaration->symbols[i]->is_global)
      return TRUE;
  return FALSE;
}

static void
lower_declaration (CLower *lower, const CStatement *declaration)
{
  for (guint i = 0; i < declaration->n_symbols; i++)
    {
      CSymbol *symbol = declaration->symbols[i];

      if (symbol->is_global)
        continue;
      c_lower_span (lower, symbol->span);
      c_lower_begin_life (lower, symbol);
      if (symbol->has_initialiser)
        c_lower_initialise (lower, symbol);
    }
}

static void
lower_declaration_statement (CLower *lower, const CStatement *statement)
{
  if (has_first_value (statement))
    stop_at_statement (lower, statement);
  lower_declaration (lower, statement);
}

static void
lower_return (CLower *lower, const CStatement *statement)
{
  const CExpression *expression = statement->expression;
  IrOperand value;

  stop_at_statement (lower, statement);
  if (expression == NULL || expression->type->kind == C_TYPE_VOID)
    {
      if (expression != NULL)
        c_lower_effect (lower, expression);
      c_lower_stop (lower, IR_STOP_EXIT, statement->span);
      c_lower_span (lower, statement->span);
      ir_build_return_void (&lower->builder);
      return;
    }
  value = c_lower_value (lower, expression);
  /* The value is known before the frame stops for the last time. */
  if (!c_type_is_record (expression->type))
    value = c_lower_hold (lower, value, expression);
  c_lower_stop (lower, IR_STOP_EXIT, statement->span);
  c_lower_span (lower, statement->span);
  ir_build_return (&lower->builder, value);
}

static guint
count_shared_scopes (const CLower *lower, const CBlock *block)
{
  guint n = lower->scopes->len;

  while (n > 0)
    {
      const CBlock *scope = g_array_index (lower->scopes, CLowerScope, n - 1).block;
      const CBlock *outer = block;

      while (outer != NULL && outer != scope)
        outer = outer->outer;
      if (outer != NULL)
        break;
      n--;
    }
  return n;
}

static IrBlockId
get_label_block (CLower *lower, CLabel *label)
{
  if (!label->is_lowered)
    label->ir = ir_build_block (&lower->builder);
  label->is_lowered = TRUE;
  return label->ir;
}

static void
lower_goto (CLower *lower, const CStatement *statement)
{
  stop_at_statement (lower, statement);
  end_lives (lower, count_shared_scopes (lower, statement->label->block));
  c_lower_span (lower, statement->span);
  ir_build_jump (&lower->builder, get_label_block (lower, statement->label));
}

static void
lower_label (CLower *lower, const CStatement *statement)
{
  IrBlockId block = get_label_block (lower, statement->label);

  if (!c_lower_is_ended (lower))
    ir_build_jump (&lower->builder, block);
  lower->builder.block = block;
}

static void
lower_case (CLower *lower, const CStatement *statement)
{
  if (!c_lower_is_ended (lower))
    ir_build_jump (&lower->builder, statement->ir);
  lower->builder.block = statement->ir;
}

static void
lower_block (CLower *lower, const CStatement *statement)
{
  if (statement->block != NULL)
    enter_scope (lower, statement->block);
  for (const CStatement *item = statement->first; item != NULL; item = item->next)
    c_lower_statement (lower, item);
  if (statement->block != NULL)
    leave_scope (lower);
}

/* ---- if ---- */

/* The body of a header on that line. */
static void
lower_body (CLower *lower, const CStatement *body, guint32 header_line)
{
  guint32 outer = lower->header_line;

  lower->header_line = header_line;
  c_lower_statement (lower, body);
  lower->header_line = outer;
}

/* Whether the code that a target begins is worth lowering: something jumps to it, or to a label in it. */
static void
place_body (CLower *lower, CTarget *target, const CStatement *body, guint32 header_line)
{
  if (target->is_made)
    lower->builder.block = target->id;
  if (target->is_made || body->has_label)
    lower_body (lower, body, header_line);
}

static void
lower_if (CLower *lower, const CStatement *statement)
{
  CTarget end = { 0 };

  for (;;)
    {
      CTarget yes = { 0 }, no = { 0 };
      const CStatement *otherwise = statement->otherwise;

      if (!c_lower_is_ended (lower))
        {
          c_lower_stop (lower, IR_STOP_COND, statement->expression->span);
          c_lower_condition (lower, statement->expression, &yes, otherwise != NULL ? &no : &end);
        }
      place_body (lower, &yes, statement->body, statement->line);
      if (otherwise == NULL)
        break;
      if (!c_lower_is_ended (lower))
        c_lower_jump (lower, &end);
      if (no.is_made)
        lower->builder.block = no.id;
      if (otherwise->kind != C_STATEMENT_IF)
        {
          place_body (lower, &no, otherwise, statement->line);
          break;
        }
      if (!no.is_made && !otherwise->has_label)
        break;
      statement = otherwise;
    }
  c_target_place (lower, &end);
}

/* ---- loops ---- */

typedef struct
{
  CTarget break_to, continue_to;
  CTarget *outer_break, *outer_continue;
} Loop;

static void
begin_loop (CLower *lower, Loop *loop)
{
  *loop = (Loop){ .outer_break = lower->break_to, .outer_continue = lower->continue_to };
  loop->break_to.n_scopes = loop->continue_to.n_scopes = lower->scopes->len;
  lower->break_to = &loop->break_to;
  lower->continue_to = &loop->continue_to;
}

static void
end_loop (CLower *lower, Loop *loop)
{
  lower->break_to = loop->outer_break;
  lower->continue_to = loop->outer_continue;
  c_target_place (lower, &loop->break_to);
}

/* A new block that the one at hand runs into. */
static void
begin_block (CLower *lower, CTarget *target)
{
  c_target_get (lower, target);
  c_target_place (lower, target);
}

static void
lower_while (CLower *lower, const CStatement *statement)
{
  CTarget body = { 0 };
  Loop loop;

  begin_loop (lower, &loop);
  begin_block (lower, &loop.continue_to);
  c_lower_stop (lower, IR_STOP_COND, statement->expression->span);
  c_lower_condition (lower, statement->expression, &body, &loop.break_to);
  place_body (lower, &body, statement->body, statement->line);
  if (!c_lower_is_ended (lower))
    c_lower_jump (lower, &loop.continue_to);
  end_loop (lower, &loop);
}

static void
lower_do (CLower *lower, const CStatement *statement)
{
  CTarget body = { 0 };
  Loop loop;

  begin_loop (lower, &loop);
  begin_block (lower, &body);
  lower_body (lower, statement->body, 0);
  c_target_place (lower, &loop.continue_to);
  if (!c_lower_is_ended (lower))
    {
      c_lower_stop (lower, IR_STOP_COND, statement->expression->span);
      c_lower_condition (lower, statement->expression, &body, &loop.break_to);
    }
  end_loop (lower, &loop);
}

static void
lower_for_first (CLower *lower, const CStatement *first)
{
  if (first->kind == C_STATEMENT_DECLARATION)
    lower_declaration (lower, first);
  else
    c_lower_effect (lower, first->expression);
}

/* One round's test, if there is one. */
static void
lower_for_test (CLower *lower, const CStatement *statement, CTarget *body, Loop *loop)
{
  if (statement->expression != NULL)
    c_lower_condition (lower, statement->expression, body, &loop->break_to);
  else
    c_lower_jump (lower, body);
}

/* Where a later round of a `for` stands: behind what its head declares, as long as that is on the line of the head. The stop
 * before the first round stands before it. */
static TextSpan
get_round_span (CLower *lower, const CStatement *statement)
{
  const CExpression *next
      = statement->expression != NULL ? statement->expression : statement->update;
  TextSpan span = statement->span;

  if (next != NULL && next->span.begin > span.begin && next->span.begin < span.end
      && text_map_line (lower->context->map, next->span)
             == text_map_line (lower->context->map, span))
    span.begin = next->span.begin;
  return span;
}

/*     stop; first; jump test
 *     update: stop; update; jump test
 *     test:   branch to body or out
 *
 * so that the header is arrived at once more often than its body runs. */
static void
lower_for (CLower *lower, const CStatement *statement)
{
  CTarget test = { 0 }, body = { 0 };
  Loop loop;

  enter_scope (lower, statement->block);
  if (!c_lower_is_ended (lower))
    {
      c_lower_stop (lower, IR_STOP_COND, statement->span);
      if (statement->first != NULL)
        lower_for_first (lower, statement->first);
    }
  begin_loop (lower, &loop);
  begin_block (lower, &test);
  lower_for_test (lower, statement, &body, &loop);
  place_body (lower, &body, statement->body, statement->line);
  c_target_place (lower, &loop.continue_to);
  if (!c_lower_is_ended (lower))
    {
      c_lower_stop (lower, IR_STOP_COND, get_round_span (lower, statement));
      if (statement->update != NULL)
        c_lower_effect (lower, statement->update);
      c_lower_jump (lower, &test);
    }
  end_loop (lower, &loop);
  leave_scope (lower);
}

/* ---- switch ---- */

static void
build_switch (CLower *lower, const CStatement *statement, IrOperand subject, CTarget *end)
{
  g_autoptr (GArray) cases = g_array_new (FALSE, FALSE, sizeof (IrSwitchCase));
  const CStatement *fallback = NULL;

  for (CStatement *label = statement->cases; label != NULL; label = label->next_case)
    {
      IrSwitchCase one = { label->value, ir_build_block (&lower->builder) };

      label->ir = one.block;
      if (label->is_default)
        fallback = label;
      else
        g_array_append_val (cases, one);
    }
  ir_build_switch (&lower->builder, subject, (const IrSwitchCase *)cases->data, cases->len,
                   fallback != NULL ? fallback->ir : c_target_get (lower, end));
}

static void
lower_switch (CLower *lower, const CStatement *statement)
{
  CTarget end = { .n_scopes = lower->scopes->len };
  CTarget *outer = lower->break_to;
  IrOperand subject;

  c_lower_stop (lower, IR_STOP_COND, statement->expression->span);
  subject = c_lower_value (lower, statement->expression);
  c_lower_span (lower, statement->expression->span);
  build_switch (lower, statement, subject, &end);
  lower->break_to = &end;
  lower_body (lower, statement->body, statement->line);
  lower->break_to = outer;
  c_target_place (lower, &end);
}

/* ---- all ---- */

void
c_lower_statement (CLower *lower, const CStatement *statement)
{
  c_lower_free_slots (lower);
  /* A loop or switch with a label in it is entered through the label; its own head stays unreached but must be somewhere. */
  if (c_lower_is_ended (lower))
    {
      if (!statement->has_label)
        return;
      if (statement->kind == C_STATEMENT_WHILE || statement->kind == C_STATEMENT_DO
          || statement->kind == C_STATEMENT_SWITCH)
        lower->builder.block = ir_build_block (&lower->builder);
    }
  switch (statement->kind)
    {
    case C_STATEMENT_EMPTY:
      break;
    case C_STATEMENT_EXPRESSION:
      lower_expression_statement (lower, statement);
      break;
    case C_STATEMENT_DECLARATION:
      lower_declaration_statement (lower, statement);
      break;
    case C_STATEMENT_BLOCK:
      lower_block (lower, statement);
      break;
    case C_STATEMENT_IF:
      lower_if (lower, statement);
      break;
    case C_STATEMENT_WHILE:
      lower_while (lower, statement);
      break;
    case C_STATEMENT_DO:
      lower_do (lower, statement);
      break;
    case C_STATEMENT_FOR:
      lower_for (lower, statement);
      break;
    case C_STATEMENT_SWITCH:
      lower_switch (lower, statement);
      break;
    case C_STATEMENT_CASE:
      lower_case (lower, statement);
      break;
    case C_STATEMENT_BREAK:
    case C_STATEMENT_CONTINUE:
      stop_at_statement (lower, statement);
      c_lower_span (lower, statement->span);
      jump_out (lower, statement->kind == C_STATEMENT_BREAK ? lower->break_to : lower->continue_to);
      break;
    case C_STATEMENT_RETURN:
      lower_return (lower, statement);
      break;
    case C_STATEMENT_GOTO:
      lower_goto (lower, statement);
      break;
    case C_STATEMENT_LABEL:
      lower_label (lower, statement);
      break;
    }
}
