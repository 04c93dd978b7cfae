/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parser's tokens, and the rule of the whole source. See c-parse.h. */

#include "c-parse.h"

#include <string.h>

const CToken *
c_peek (const CParser *parser)
{
  return &parser->tokens[parser->at];
}

const CToken *
c_peek_second (const CParser *parser)
{
  const CToken *token = c_peek (parser);

  return token->kind == C_TOKEN_END ? token : token + 1;
}

/* END once a bound was met, so that every rule comes to its end. */
CTokenKind
c_peek_kind (const CParser *parser)
{
  return parser->context->is_stopped ? C_TOKEN_END : c_peek (parser)->kind;
}

const CToken *
c_take (CParser *parser)
{
  const CToken *token = c_peek (parser);

  if (token->kind != C_TOKEN_END)
    parser->at++;
  return token;
}

gboolean
c_accept (CParser *parser, CTokenKind kind)
{
  if (parser->is_lost || c_peek_kind (parser) != kind)
    return FALSE;
  parser->at++;
  return TRUE;
}

static char *
dup_found (const CToken *token)
{
  if (token->kind == C_TOKEN_END)
    return g_strdup ("the end of the file");
  return g_strdup_printf ("`%.*s`", (int)MIN (token->length, 40), c_token_get_spelling (token));
}

/* Says that the next token does not fit, and is lost. A sign that is missing at the end of a line is shown there, behind the
 * token before it, as gcc does. expected: code stands between backticks */
void
c_report_unexpected (CParser *parser, const char *expected)
{
  const CToken *token = c_peek (parser);
  g_autofree char *found = dup_found (token);
  TextSpan span = token->span;
  TextDiagnostic *diagnostic;

  if (parser->is_lost)
    return;
  parser->is_lost = TRUE;
  /* What is no token was reported when it was read. */
  if (token->kind == C_TOKEN_INVALID || (parser->at > 0 && token[-1].kind == C_TOKEN_INVALID))
    return;
  if (token->kind == C_TOKEN_ASM)
    {
      c_report_unsupported (parser->context, span, "inline assembly (`asm`)");
      return;
    }
  if (parser->at > 0
      && (token->kind == C_TOKEN_END || strcmp (expected, "`;`") == 0
          || (expected[0] == '`' && token[-1].line != token->line)))
    {
      span.begin = token[-1].span.end;
      span.end = span.begin;
    }
  diagnostic = c_report (parser->context, span, "expected-token",
                         text_message_new (TEXT_C_EXPECTED, "ss", expected, found));
  if (strcmp (expected, "`;`") == 0)
    c_add_here (diagnostic, text_message_new (TEXT_C_SEMICOLON_HERE, ""));
}

gboolean
c_expect (CParser *parser, CTokenKind kind)
{
  g_autofree char *expected = NULL;

  if (c_accept (parser, kind))
    return TRUE;
  expected = g_strdup_printf ("`%s`", c_token_kind_get_spelling (kind));
  c_report_unexpected (parser, expected);
  return FALSE;
}

/* From the token of index first to behind the one taken last. */
TextSpan
c_span_from (const CParser *parser, guint first)
{
  TextSpan span = parser->tokens[first].span;

  if (parser->at > first)
    return text_span_join (span, parser->tokens[parser->at - 1].span);
  return span;
}

/* Goes one level deeper into what the grammar nests; FALSE, and stopped, where that is too deep. */
gboolean
c_nest (CParser *parser)
{
  if (++parser->nesting <= C_MAX_NESTING)
    return TRUE;
  if (!parser->context->is_stopped)
    c_report_limit (parser->context, c_peek (parser)->span, "limit",
                    text_message_new (TEXT_C_NESTING_LIMIT, "u", (guint64)C_MAX_NESTING));
  return FALSE;
}

void
c_unnest (CParser *parser)
{
  parser->nesting--;
}

/* Skips to behind the `}` that closes a brace already taken. */
void
c_skip_braces (CParser *parser)
{
  guint depth = 1;

  while (depth > 0 && c_peek_kind (parser) != C_TOKEN_END)
    {
      CTokenKind kind = c_take (parser)->kind;

      if (kind == C_TOKEN_LEFT_BRACE)
        depth++;
      else if (kind == C_TOKEN_RIGHT_BRACE)
        depth--;
    }
}

/* Skips to behind the ")" of a "(" that comes next. */
void
c_skip_parens (CParser *parser)
{
  guint depth = 0;

  do
    {
      CTokenKind kind = c_take (parser)->kind;

      if (kind == C_TOKEN_LEFT_PAREN)
        depth++;
      else if (kind == C_TOKEN_RIGHT_PAREN)
        depth--;
    }
  while (depth > 0 && c_peek_kind (parser) != C_TOKEN_END);
}

static gboolean
begins_statement (const CToken *token)
{
  switch ((guint)token->kind)
    {
    case C_TOKEN_IF:
    case C_TOKEN_FOR:
    case C_TOKEN_WHILE:
    case C_TOKEN_DO:
    case C_TOKEN_SWITCH:
    case C_TOKEN_RETURN:
    case C_TOKEN_BREAK:
    case C_TOKEN_CONTINUE:
    case C_TOKEN_CASE:
    case C_TOKEN_DEFAULT:
    case C_TOKEN_GOTO:
      return TRUE;
    default:
      return FALSE;
    }
}

/* After a mistake: to behind the next `;`, before a `}`, or before a word that begins a statement on a line of its own. */
void
c_skip_statement (CParser *parser)
{
  guint first = parser->at;

  parser->is_lost = FALSE;
  for (;;)
    {
      CTokenKind kind = c_peek_kind (parser);

      if (kind == C_TOKEN_END || kind == C_TOKEN_RIGHT_BRACE)
        return;
      if (parser->at > first && begins_statement (c_peek (parser))
          && c_peek (parser)[-1].line != c_peek (parser)->line)
        return;
      c_take (parser);
      if (kind == C_TOKEN_SEMICOLON)
        return;
      if (kind != C_TOKEN_LEFT_BRACE)
        continue;
      c_skip_braces (parser);
      kind = c_peek_kind (parser);
      if (kind != C_TOKEN_RIGHT_PAREN && kind != C_TOKEN_COMMA && kind != C_TOKEN_SEMICOLON)
        return;
    }
}

/* unit = external-declaration* */
void
c_parse_unit (CParser *parser)
{
  while (c_peek_kind (parser) != C_TOKEN_END)
    {
      c_parse_external_declaration (parser);
      if (parser->is_lost)
        {
          c_skip_statement (parser);
          /* A stray brace belongs to the text that was skipped. */
          c_accept (parser, C_TOKEN_RIGHT_BRACE);
        }
    }
}
