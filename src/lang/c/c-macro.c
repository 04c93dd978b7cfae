/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Macros: definition and expansion (C11 6.10.3).
 *
 * An expansion reads from a stack of token rows: what a macro stands for is pushed and read again, until the stack is empty.
 * While a macro's row is on the stack the macro is disabled, so a macro that names itself ends. A token out of a body is shown
 * where the macro was used; a token out of an argument keeps its own place, so that a mistake in an argument has its exact
 * column. */

#include "c-preprocess.h"

#include "lang/lang-arena.h"

#include <string.h>

typedef struct _Row Row;
struct _Row
{
  const CToken *tokens;
  guint n_tokens;
  guint at;
  CMacro *macro; /* disabled while the row is read */
  CToken *owned; /* freed with the row */
  Row *below;
};

typedef struct
{
  CPreprocessor *preprocessor;
  Row *top;
  const CToken *base; /* read when the stack is empty; ends with END */
  guint at;
} Stream;

typedef struct
{
  CTokenList raw;      /* as written, for # and ## */
  CTokenList expanded; /* for all other uses */
  gboolean is_expanded;
} Argument;

/* ---- definition ---- */

static int
find_parameter (CName *const *parameters, guint n_parameters, const CToken *token)
{
  for (guint i = 0; c_token_is_word (token) && i < n_parameters; i++)
    if (parameters[i] == token->name)
      return i;
  return -1;
}

/* parameters = [name (, name)*] [, ...] ")"; FALSE when it is something else. at: behind the "(" */
static gboolean
read_parameters (CPreprocessor *preprocessor, CMacro *macro, const CToken *line, guint n_tokens,
                 guint *at, GPtrArray *parameters)
{
  if (*at < n_tokens && line[*at].kind == C_TOKEN_RIGHT_PAREN)
    {
      ++*at;
      return TRUE;
    }
  while (*at + 1 < n_tokens)
    {
      const CToken *token = &line[(*at)++];

      if (token->kind == C_TOKEN_ELLIPSIS)
        {
          macro->is_variadic = TRUE;
          g_ptr_array_add (parameters,
                           c_names_intern (preprocessor->context->names, "__VA_ARGS__", 11));
        }
      else if (c_token_is_word (token))
        g_ptr_array_add (parameters, token->name);
      else
        return FALSE;
      token = &line[(*at)++];
      if (token->kind == C_TOKEN_RIGHT_PAREN)
        return TRUE;
      if (token->kind != C_TOKEN_COMMA || macro->is_variadic)
        return FALSE;
    }
  return FALSE;
}

static void
keep_body (CPreprocessor *preprocessor, CMacro *macro, const CToken *tokens, guint n_tokens,
           GPtrArray *parameters)
{
  CToken *body = lang_arena_dup (preprocessor->context->arena, tokens, n_tokens * sizeof (CToken));

  for (guint i = 0; i < n_tokens; i++)
    {
      int parameter = find_parameter ((CName *const *)parameters->pdata, parameters->len, &body[i]);

      if (parameter >= 0)
        {
          body[i].flags |= C_TOKEN_IS_PARAMETER;
          body[i].line = parameter;
        }
      body[i].flags &= ~C_TOKEN_BEGINS_LINE;
    }
  macro->body = body;
  macro->n_body = n_tokens;
  macro->n_parameters = parameters->len;
}

static gboolean
is_same_definition (const CMacro *a, const CMacro *b)
{
  if (a->is_function != b->is_function || a->n_parameters != b->n_parameters
      || a->n_body != b->n_body)
    return FALSE;
  for (guint i = 0; i < a->n_body; i++)
    if (a->body[i].kind != b->body[i].kind || a->body[i].length != b->body[i].length
        || strncmp (c_token_get_spelling (&a->body[i]), c_token_get_spelling (&b->body[i]),
                    a->body[i].length)
               != 0)
      return FALSE;
  return TRUE;
}

/* line: the tokens behind `#define` */
void
c_macro_define (CPreprocessor *preprocessor, const CToken *line, guint n_tokens,
                gboolean is_library)
{
  g_autoptr (GPtrArray) parameters = g_ptr_array_new ();
  CContext *context = preprocessor->context;
  CMacro *macro = lang_arena_new0 (context->arena, CMacro);
  guint at = 1;

  macro->name = line[0].name;
  macro->span = line[0].span;
  macro->is_library = is_library;
  if (n_tokens > 1 && line[1].kind == C_TOKEN_LEFT_PAREN && !(line[1].flags & C_TOKEN_HAS_SPACE))
    {
      macro->is_function = TRUE;
      at = 2;
      if (!read_parameters (preprocessor, macro, line, n_tokens, &at, parameters))
        {
          c_report (context, line[1].span, "bad-directive",
                    text_message_new (TEXT_C_BAD_PARAMETERS, "s", macro->name->text));
          return;
        }
    }
  keep_body (preprocessor, macro, line + at, n_tokens - at, parameters);
  if (macro->name->macro != NULL && !is_same_definition (macro->name->macro, macro))
    {
      TextDiagnostic *diagnostic
          = c_warn (context, macro->span, "redefined",
                    text_message_new (TEXT_C_MACRO_REDEFINED, "s", macro->name->text));

      if (!macro->name->macro->is_library)
        c_add_label (diagnostic, macro->name->macro->span,
                     text_message_new (TEXT_C_DEFINED_HERE, ""));
    }
  macro->name->macro = macro;
}

/* ---- the stream ---- */

static void
push_row (Stream *stream, CToken *owned, guint n_tokens, CMacro *macro)
{
  Row *row = g_new0 (Row, 1);

  row->tokens = row->owned = owned;
  row->n_tokens = n_tokens;
  row->macro = macro;
  row->below = stream->top;
  stream->top = row;
  macro->is_disabled = TRUE;
}

static void
pop_row (Stream *stream)
{
  Row *row = stream->top;

  row->macro->is_disabled = FALSE;
  stream->top = row->below;
  g_free (row->owned);
  g_free (row);
}

static const CToken *
peek_token (Stream *stream)
{
  while (stream->top != NULL && stream->top->at == stream->top->n_tokens)
    pop_row (stream);
  return stream->top != NULL ? &stream->top->tokens[stream->top->at] : &stream->base[stream->at];
}

static CToken
next_token (Stream *stream)
{
  CToken token = *peek_token (stream);

  if (stream->top != NULL)
    stream->top->at++;
  else if (token.kind != C_TOKEN_END)
    stream->at++;
  return token;
}

/* ---- arguments ---- */

/* Reads the arguments behind the "(" that comes next. FALSE, and reported, when the ")" is missing or their number is wrong.
 * site grows to the ")". */
static gboolean
read_arguments (Stream *stream, CMacro *macro, GArray *arguments, TextSpan *site)
{
  CContext *context = stream->preprocessor->context;
  Argument none = { { NULL } };
  guint depth = 0;

  next_token (stream);
  g_array_append_val (arguments, none);
  for (;;)
    {
      CToken token = next_token (stream);
      gboolean is_last = macro->is_variadic && arguments->len == macro->n_parameters;

      if (token.kind == C_TOKEN_END)
        {
          c_report (context, *site, "expected-token",
                    text_message_new (TEXT_C_MACRO_OPEN, "s", macro->name->text));
          return FALSE;
        }
      if (token.kind == C_TOKEN_RIGHT_PAREN && depth-- == 0)
        {
          *site = text_span_join (*site, token.span);
          break;
        }
      if (token.kind == C_TOKEN_LEFT_PAREN && ++depth > C_MAX_NESTING)
        {
          c_report_limit (context, token.span, "limit",
                          text_message_new (TEXT_C_NESTING_LIMIT, "u", (guint64)C_MAX_NESTING));
          return FALSE;
        }
      if (token.kind == C_TOKEN_COMMA && depth == 0 && !is_last)
        g_array_append_val (arguments, none);
      else
        c_token_list_add (&g_array_index (arguments, Argument, arguments->len - 1).raw, &token);
    }
  if (macro->n_parameters == 0 && arguments->len == 1
      && g_array_index (arguments, Argument, 0).raw.n_tokens == 0)
    g_array_set_size (arguments, 0);
  if (macro->is_variadic && arguments->len + 1 == macro->n_parameters)
    g_array_append_val (arguments, none);
  if (arguments->len == macro->n_parameters)
    return TRUE;
  c_report (context, *site, "wrong-argument-count",
            text_message_new (TEXT_C_MACRO_ARGUMENTS, "suu", macro->name->text,
                              (guint64)macro->n_parameters, (guint64)arguments->len));
  return FALSE;
}

static void
clear_argument (gpointer data)
{
  Argument *argument = data;

  c_token_list_clear (&argument->raw);
  c_token_list_clear (&argument->expanded);
}

static void
expand_argument (Stream *stream, Argument *argument)
{
  if (argument->is_expanded)
    return;
  argument->is_expanded = TRUE;
  c_macro_expand_line (stream->preprocessor, argument->raw.tokens, argument->raw.n_tokens,
                       &argument->expanded);
}

/* ---- substitution ---- */

/* "#" parameter (C11 6.10.3.2): the argument's spelling as a string */
static CToken
make_string (CContext *context, const Argument *argument, TextSpan site, guint32 line)
{
  g_autoptr (GString) text = g_string_new ("\"");
  CToken token = { C_TOKEN_STRING, 0, C_FLAW_NONE, 0, line, site };

  for (guint i = 0; i < argument->raw.n_tokens; i++)
    {
      const CToken *part = &argument->raw.tokens[i];
      const char *spelling = c_token_get_spelling (part);

      if (i > 0 && (part->flags & (C_TOKEN_HAS_SPACE | C_TOKEN_BEGINS_LINE)))
        g_string_append_c (text, ' ');
      for (guint j = 0; j < part->length; j++)
        {
          gboolean is_quoted = part->kind == C_TOKEN_STRING || part->kind == C_TOKEN_CHARACTER;

          if (is_quoted && (spelling[j] == '"' || spelling[j] == '\\'))
            g_string_append_c (text, '\\');
          g_string_append_c (text, spelling[j]);
        }
    }
  g_string_append_c (text, '"');
  token.length = text->len;
  token.text = lang_arena_strndup (context->arena, text->str, text->len);
  return token;
}

/* left "##" right (C11 6.10.3.3) */
static void
paste_token (CContext *context, CToken *left, const CToken *right, const CMacro *macro)
{
  char *text = lang_arena_alloc (context->arena, left->length + right->length + 1);
  CToken pasted;

  memcpy (text, c_token_get_spelling (left), left->length);
  memcpy (text + left->length, c_token_get_spelling (right), right->length);
  if (!c_lex_one (context, text, left->length + right->length, &pasted))
    {
      c_report (context, left->span, "bad-paste",
                text_message_new (TEXT_C_BAD_PASTE, "ss", text, macro->name->text));
      return;
    }
  pasted.flags = left->flags & ~C_TOKEN_IS_PAINTED;
  pasted.span = left->span;
  pasted.line = left->line;
  *left = pasted;
}

/* Appends tokens; the first is pasted to what stands last when is_pasted. */
static void
append_tokens (CContext *context, CTokenList *result, const CTokenList *tokens, guint8 flags,
               gboolean is_pasted, const CMacro *macro)
{
  for (guint i = 0; i < tokens->n_tokens; i++)
    {
      CToken token = tokens->tokens[i];

      if (i == 0)
        token.flags = (token.flags & ~C_TOKEN_HAS_SPACE) | (flags & C_TOKEN_HAS_SPACE);
      token.flags &= ~(C_TOKEN_BEGINS_LINE | C_TOKEN_IS_PARAMETER);
      if (i == 0 && is_pasted && result->n_tokens > 0)
        paste_token (context, &result->tokens[result->n_tokens - 1], &token, macro);
      else
        c_token_list_add (result, &token);
    }
}

static gboolean
is_kind_at (const CMacro *macro, guint at, CTokenKind kind)
{
  return at < macro->n_body && macro->body[at].kind == kind;
}

static gboolean
is_optional_rest (const CMacro *macro, const CToken *parameter, const CTokenList *result)
{
  return macro->is_variadic && parameter->line + 1 == macro->n_parameters && result->n_tokens > 0
         && result->tokens[result->n_tokens - 1].kind == C_TOKEN_COMMA;
}

/* The macro's body with its arguments put in. (transfer full) */
static CTokenList
substitute (Stream *stream, CMacro *macro, GArray *arguments, TextSpan site, guint32 line)
{
  CContext *context = stream->preprocessor->context;
  CTokenList result = { NULL };
  gboolean is_pasted = FALSE;

  for (guint i = 0; i < macro->n_body && !context->is_stopped; i++)
    {
      CToken token = macro->body[i];
      gboolean is_parameter = (token.flags & C_TOKEN_IS_PARAMETER) != 0;

      if (token.kind == C_TOKEN_HASH_HASH && i > 0 && i + 1 < macro->n_body)
        {
          is_pasted = TRUE;
          continue;
        }
      if (token.kind == C_TOKEN_HASH && macro->is_function && i + 1 < macro->n_body
          && (macro->body[i + 1].flags & C_TOKEN_IS_PARAMETER))
        {
          CToken string = make_string (
              context, &g_array_index (arguments, Argument, macro->body[++i].line), site, line);
          CTokenList one = { &string, 1, 1 };

          append_tokens (context, &result, &one, token.flags, is_pasted, macro);
        }
      else if (is_parameter)
        {
          Argument *argument = &g_array_index (arguments, Argument, token.line);
          gboolean is_raw = is_pasted || is_kind_at (macro, i + 1, C_TOKEN_HASH_HASH);

          if (!is_raw)
            expand_argument (stream, argument);
          if (is_pasted && is_optional_rest (macro, &token, &result))
            {
              /* GNU's `, ##__VA_ARGS__`: the comma goes when nothing follows it. */
              if (argument->raw.n_tokens == 0)
                result.n_tokens--;
              is_pasted = FALSE;
            }
          append_tokens (context, &result, is_raw ? &argument->raw : &argument->expanded,
                         token.flags, is_pasted, macro);
        }
      else
        {
          CTokenList one = { &token, 1, 1 };

          token.span = site;
          token.line = line;
          append_tokens (context, &result, &one, token.flags, is_pasted, macro);
        }
      is_pasted = FALSE;
    }
  return result;
}

/* Pushes what a macro stands for. name: the token that named it */
static void
enter_macro (Stream *stream, const CToken *name)
{
  CPreprocessor *preprocessor = stream->preprocessor;
  g_autoptr (GArray) arguments = g_array_new (FALSE, FALSE, sizeof (Argument));
  CMacro *macro = name->name->macro;
  TextSpan site = name->span;
  CTokenList result;

  g_array_set_clear_func (arguments, clear_argument);
  if (macro->is_function && !read_arguments (stream, macro, arguments, &site))
    return;
  result = substitute (stream, macro, arguments, site, name->line);
  if (result.n_tokens > 0)
    result.tokens[0].flags |= name->flags & (C_TOKEN_HAS_SPACE | C_TOKEN_BEGINS_LINE);
  preprocessor->n_expanded += result.n_tokens + 1;
  if (preprocessor->n_expanded > C_MAX_EXPANSION)
    c_report_limit (preprocessor->context, site, "limit",
                    text_message_new (TEXT_C_EXPANSION_LIMIT, "u", (guint64)C_MAX_EXPANSION));
  push_row (stream, result.tokens, result.n_tokens, macro);
}

/* __LINE__ and __FILE__ (C11 6.10.8.1) are asked for where they are used. */
static gboolean
replace_place (CContext *context, CToken *token)
{
  char *text;

  if (strcmp (token->name->text, "__LINE__") != 0 && strcmp (token->name->text, "__FILE__") != 0)
    return FALSE;
  if (token->name->text[2] == 'L')
    text = g_strdup_printf ("%u", token->line);
  else
    text = g_strdup_printf ("\"%s\"", text_map_place (context->map, context->begin).name);
  token->kind = token->name->text[2] == 'L' ? C_TOKEN_NUMBER : C_TOKEN_STRING;
  token->length = strlen (text);
  token->text = lang_arena_strndup (context->arena, text, token->length);
  g_free (text);
  return TRUE;
}

static void
expand_next (Stream *stream, CTokenList *output)
{
  CToken token = next_token (stream);
  CMacro *macro = c_token_is_word (&token) ? token.name->macro : NULL;

  if (macro != NULL && !(token.flags & C_TOKEN_IS_PAINTED))
    {
      if (macro->is_disabled)
        token.flags |= C_TOKEN_IS_PAINTED;
      else if (macro->n_body == 0 && !macro->is_function
               && replace_place (stream->preprocessor->context, &token))
        ;
      else if (!macro->is_function || peek_token (stream)->kind == C_TOKEN_LEFT_PAREN)
        {
          enter_macro (stream, &token);
          return;
        }
    }
  c_token_list_add (output, &token);
}

/* Expands the macro that tokens[at] names; tokens ends with END. Returns where to go on. */
guint
c_macro_expand (CPreprocessor *preprocessor, const CToken *tokens, guint at, CTokenList *output)
{
  Stream stream = { preprocessor, NULL, tokens, at };

  do
    expand_next (&stream, output);
  while (!preprocessor->context->is_stopped && (peek_token (&stream), stream.top != NULL));
  while (stream.top != NULL)
    pop_row (&stream);
  return stream.at;
}

/* Expands a row of tokens that is complete in itself: an argument, the rest of a directive's line. */
void
c_macro_expand_line (CPreprocessor *preprocessor, const CToken *tokens, guint n_tokens,
                     CTokenList *output)
{
  g_autofree CToken *row = g_new0 (CToken, n_tokens + 1);
  Stream stream = { preprocessor, NULL, row, 0 };

  if (n_tokens > 0)
    memcpy (row, tokens, n_tokens * sizeof (CToken));
  if (++preprocessor->nesting > C_MAX_NESTING)
    c_report_limit (preprocessor->context, tokens[0].span, "limit",
                    text_message_new (TEXT_C_NESTING_LIMIT, "u", (guint64)C_MAX_NESTING));
  while (!preprocessor->context->is_stopped && peek_token (&stream)->kind != C_TOKEN_END)
    expand_next (&stream, output);
  while (stream.top != NULL)
    pop_row (&stream);
  preprocessor->nesting--;
}
