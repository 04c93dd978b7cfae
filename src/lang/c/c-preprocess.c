/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Directives: see c-preprocess.h. A group that a condition leaves out is skipped token by token; only its own conditionals are
 * counted. */

#include "c-preprocess.h"

#include "c-header.h"
#include "lang/lang-arena.h"

#include <string.h>

typedef struct
{
  TextSpan span;      /* of the #if */
  gboolean is_active; /* the group at hand is read */
  gboolean was_taken; /* a group of it was read already */
  gboolean has_else;
  gboolean is_outer_active;
} Conditional;

typedef struct
{
  CPreprocessor *preprocessor;
  const CToken *tokens;
  gboolean is_library;
  GArray *conditionals; /* of Conditional, the innermost last */
} Directives;

static gboolean
is_active (const Directives *directives)
{
  guint n = directives->conditionals->len;

  return n == 0 || g_array_index (directives->conditionals, Conditional, n - 1).is_active;
}

static Conditional *
get_innermost (const Directives *directives)
{
  guint n = directives->conditionals->len;

  return n > 0 ? &g_array_index (directives->conditionals, Conditional, n - 1) : NULL;
}

static gboolean
is_directive (const CToken *name, const char *spelling)
{
  return name->length == strlen (spelling)
         && strncmp (c_token_get_spelling (name), spelling, name->length) == 0;
}

/* The name behind #define, #undef, #ifdef; NULL, and reported, when there is none. */
static const CToken *
expect_name (Directives *directives, const CToken *name, const CToken *line, guint n_tokens)
{
  if (n_tokens > 0 && c_token_is_word (&line[0]))
    return &line[0];
  c_report (directives->preprocessor->context, n_tokens > 0 ? line[0].span : name->span,
            "bad-directive",
            text_message_new (TEXT_C_MACRO_NAME_EXPECTED, "s", c_token_get_spelling (name)));
  return NULL;
}

/* ---- conditionals ---- */

/* "#if" expression | "#ifdef" name | "#ifndef" name */
static void
begin_conditional (Directives *directives, const CToken *name, const CToken *line, guint n_tokens)
{
  Conditional conditional = { name->span, FALSE, FALSE, FALSE, is_active (directives) };
  gboolean value = FALSE;

  if (directives->conditionals->len >= C_MAX_NESTING)
    {
      c_report_limit (directives->preprocessor->context, name->span, "limit",
                      text_message_new (TEXT_C_NESTING_LIMIT, "u", (guint64)C_MAX_NESTING));
      return;
    }
  if (conditional.is_outer_active && is_directive (name, "if"))
    c_evaluate_condition (directives->preprocessor, name->span, line, n_tokens, &value);
  else if (conditional.is_outer_active)
    {
      const CToken *macro = expect_name (directives, name, line, n_tokens);

      value = macro != NULL && (macro->name->macro != NULL) == is_directive (name, "ifdef");
    }
  conditional.is_active = conditional.was_taken = value;
  g_array_append_val (directives->conditionals, conditional);
}

/* "#elif" expression | "#else" */
static void
continue_conditional (Directives *directives, const CToken *name, const CToken *line,
                      guint n_tokens)
{
  Conditional *conditional = get_innermost (directives);
  gboolean value = is_directive (name, "else");

  if (conditional == NULL || conditional->has_else)
    {
      c_report (directives->preprocessor->context, name->span, "bad-directive",
                text_message_new (TEXT_C_ELSE_WITHOUT_IF, "s", c_token_get_spelling (name)));
      return;
    }
  conditional->has_else = value;
  conditional->is_active = FALSE;
  if (!conditional->is_outer_active || conditional->was_taken)
    return;
  if (!value)
    c_evaluate_condition (directives->preprocessor, name->span, line, n_tokens, &value);
  conditional->is_active = conditional->was_taken = value;
}

static void
end_conditional (Directives *directives, const CToken *name)
{
  if (directives->conditionals->len == 0)
    c_report (directives->preprocessor->context, name->span, "bad-directive",
              text_message_new (TEXT_C_ELSE_WITHOUT_IF, "s", "endif"));
  else
    g_array_set_size (directives->conditionals, directives->conditionals->len - 1);
}

/* ---- the others ---- */

/* The header's name between < > or quotes, and its span; NULL when there is none. (transfer full) */
static char *
dup_header_name (const CToken *line, guint n_tokens, TextSpan *span)
{
  GString *name;

  if (n_tokens > 0 && line[0].kind == C_TOKEN_STRING && line[0].length > 2)
    {
      *span = line[0].span;
      return g_strndup (line[0].text + 1, line[0].length - 2);
    }
  if (n_tokens < 2 || line[0].kind != C_TOKEN_LESS)
    return NULL;
  name = g_string_new (NULL);
  for (guint i = 1; i < n_tokens && line[i].kind != C_TOKEN_GREATER; i++)
    g_string_append_len (name, c_token_get_spelling (&line[i]), line[i].length);
  *span = (TextSpan){ line[0].span.begin, line[n_tokens - 1].span.end };
  return g_string_free (name, FALSE);
}

static void
include_header (Directives *directives, const CToken *name, const CToken *line, guint n_tokens)
{
  CPreprocessor *preprocessor = directives->preprocessor;
  CContext *context = preprocessor->context;
  TextSpan span = name->span;
  g_autofree char *header = dup_header_name (line, n_tokens, &span);
  const char *text = header != NULL ? c_header_find (header) : NULL;

  if (text != NULL)
    c_preprocess_header (preprocessor, header, text);
  else if (header == NULL)
    c_report (context, span, "bad-directive", text_message_new (TEXT_C_BAD_INCLUDE, ""));
  else if (c_header_is_known (header))
    {
      g_autofree char *construct = g_strdup_printf ("the header `%s`", header);

      c_report_unsupported (context, span, construct);
    }
  else
    c_add_help (c_report (context, span, "missing-header",
                          text_message_new (TEXT_C_MISSING_HEADER, "s", header)),
                text_message_new (TEXT_C_MISSING_HEADER_HELP, ""));
}

static void
report_user_error (Directives *directives, const CToken *name, const CToken *line, guint n_tokens)
{
  CContext *context = directives->preprocessor->context;
  TextSpan span = { name->span.begin, n_tokens > 0 ? line[n_tokens - 1].span.end : name->span.end };
  g_autofree char *words
      = n_tokens > 0 ? text_map_dup_span (context->map, (TextSpan){ line[0].span.begin, span.end })
                     : g_strdup ("");

  if (is_directive (name, "error"))
    c_report (context, span, "user-error", text_message_new (TEXT_C_USER_ERROR, "s", words));
  else
    c_warn (context, span, "user-warning", text_message_new (TEXT_C_USER_WARNING, "s", words));
}

static void
run_directive (Directives *directives, const CToken *name, const CToken *line, guint n_tokens)
{
  CContext *context = directives->preprocessor->context;

  if (is_directive (name, "if") || is_directive (name, "ifdef") || is_directive (name, "ifndef"))
    begin_conditional (directives, name, line, n_tokens);
  else if (is_directive (name, "elif") || is_directive (name, "else"))
    continue_conditional (directives, name, line, n_tokens);
  else if (is_directive (name, "endif"))
    end_conditional (directives, name);
  else if (!is_active (directives) || is_directive (name, "pragma"))
    return;
  else if (is_directive (name, "define"))
    {
      if (expect_name (directives, name, line, n_tokens) != NULL)
        c_macro_define (directives->preprocessor, line, n_tokens, directives->is_library);
    }
  else if (is_directive (name, "undef"))
    {
      const CToken *macro = expect_name (directives, name, line, n_tokens);

      if (macro != NULL)
        macro->name->macro = NULL;
    }
  else if (is_directive (name, "include"))
    include_header (directives, name, line, n_tokens);
  else if (is_directive (name, "error") || is_directive (name, "warning"))
    report_user_error (directives, name, line, n_tokens);
  else if (is_directive (name, "line"))
    c_report_unsupported (context, name->span, "the directive `#line`");
  else
    {
      g_autofree char *spelling = g_strndup (c_token_get_spelling (name), name->length);

      c_report (context, name->span, "bad-directive",
                text_message_new (TEXT_C_UNKNOWN_DIRECTIVE, "s", spelling));
    }
}

/* at: the "#". Returns the index of the first token of the next line. */
static guint
take_directive (Directives *directives, guint at)
{
  const CToken *tokens = directives->tokens;
  guint end = at + 1;

  while (tokens[end].kind != C_TOKEN_END && !(tokens[end].flags & C_TOKEN_BEGINS_LINE))
    end++;
  if (end > at + 1)
    run_directive (directives, &tokens[at + 1], &tokens[at + 2], end - at - 2);
  return end;
}

/* Appends what is left of the tokens, which end with END, to the output (without the END). */
void
c_preprocess (CPreprocessor *preprocessor, const CToken *tokens, gboolean is_library)
{
  g_autoptr (GArray) conditionals = g_array_new (FALSE, FALSE, sizeof (Conditional));
  Directives directives = { preprocessor, tokens, is_library, conditionals };
  CContext *context = preprocessor->context;
  guint at = 0;

  while (tokens[at].kind != C_TOKEN_END && !context->is_stopped)
    {
      const CToken *token = &tokens[at];

      if (token->kind == C_TOKEN_HASH && (token->flags & C_TOKEN_BEGINS_LINE))
        at = take_directive (&directives, at);
      else if (!is_active (&directives))
        at++;
      else if (c_token_is_word (token) && token->name->macro != NULL)
        at = c_macro_expand (preprocessor, tokens, at, &preprocessor->output);
      else
        {
          if (token->kind == C_TOKEN_INVALID)
            c_report_flaw (context, token);
          c_token_list_add (&preprocessor->output, token);
          at++;
        }
    }
  if (conditionals->len > 0 && !context->is_stopped)
    c_report (context, get_innermost (&directives)->span, "bad-directive",
              text_message_new (TEXT_C_IF_WITHOUT_END, ""));
}

/* One of our own texts is lexed, given a place in the map, and preprocessed where it is included; a second time it is empty. */
void
c_preprocess_header (CPreprocessor *preprocessor, const char *name, const char *text)
{
  CContext *context = preprocessor->context;
  guint32 bit = 1u << c_header_get_index (name);
  CTokenList list = { NULL };
  guint32 base;
  gsize n_bytes;

  if (preprocessor->included & bit)
    return;
  preprocessor->included |= bit;
  base = text_map_add (context->map, name, text, strlen (text), TEXT_ORIGIN_LIBRARY);
  text = text_map_get_text (context->map, base, &n_bytes);
  c_lex (context, base, text, n_bytes, &list);
  c_preprocess (preprocessor, list.tokens, TRUE);
  c_token_list_clear (&list);
}

/* The macros that are there before the first line (C11 6.10.8, and what gcc says about the machine). */
void
c_define_predefined (CPreprocessor *preprocessor)
{
  static const char text[] = "#define __STDC__ 1\n"
                             "#define __STDC_VERSION__ 201112L\n"
                             "#define __STDC_HOSTED__ 1\n"
                             "#define __x86_64__ 1\n"
                             "#define __linux__ 1\n"
                             "#define __CHAR_BIT__ 8\n"
                             "#define __LINE__\n"
                             "#define __FILE__\n";
  CTokenList list = { NULL };

  c_lex (preprocessor->context, 0, text, strlen (text), &list);
  c_preprocess (preprocessor, list.tokens, TRUE);
  c_token_list_clear (&list);
}
