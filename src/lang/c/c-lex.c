/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lexer: see c-lex.h. A backslash at the end of a line joins it to the next one (C11 5.1.1.2, phase 2); we let it stand
 * between tokens and in strings, where it is used, and not inside other tokens. */

#include "c-lex.h"

#include <string.h>

typedef struct
{
  CContext *context;
  const char *text; /* of the whole source, with a NUL byte behind it */
  const char *end;
  const char *p; /* the next byte */
  guint32 base;  /* position of text[0]; 0: the text has no place */
  guint32 line;
  guint8 flags; /* CTokenFlags of the next token */
} Lexer;

static gboolean
is_name_start (char c)
{
  return g_ascii_isalpha (c) || c == '_' || c == '$';
}

static gboolean
is_name_part (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '$';
}

/* The length of the line end that stands behind a backslash at p, 0 for none. */
static guint
measure_splice (const char *p)
{
  if (p[0] != '\\')
    return 0;
  if (p[1] == '\n')
    return 2;
  return p[1] == '\r' && p[2] == '\n' ? 3 : 0;
}

static CToken
make_token (const Lexer *lexer, CTokenKind kind, const char *start, guint32 line)
{
  guint32 at = start - lexer->text;
  CToken token = { kind, lexer->flags, C_FLAW_NONE, lexer->p - start, line };

  if (lexer->base != 0)
    token.span = (TextSpan){ lexer->base + at, lexer->base + (guint32)(lexer->p - lexer->text) };
  token.text = start;
  return token;
}

static CToken
make_invalid (const Lexer *lexer, CTokenFlaw flaw, const char *start, guint32 line)
{
  CToken token = make_token (lexer, C_TOKEN_INVALID, start, line);

  token.flaw = flaw;
  return token;
}

/* Skips to behind the end of a comment; FALSE when it has none. */
static gboolean
skip_block_comment (Lexer *lexer)
{
  for (lexer->p += 2; lexer->p < lexer->end; lexer->p++)
    {
      if (lexer->p[0] == '*' && lexer->p[1] == '/')
        {
          lexer->p += 2;
          return TRUE;
        }
      if (lexer->p[0] == '\n')
        lexer->line++;
    }
  return FALSE;
}

static void
skip_line_comment (Lexer *lexer)
{
  while (lexer->p < lexer->end && *lexer->p != '\n')
    {
      guint n_splice = measure_splice (lexer->p);

      lexer->p += MAX (1, n_splice);
      if (n_splice > 0)
        lexer->line++;
    }
}

/* Skips white space and comments; FALSE at a comment that does not end. */
static gboolean
skip_space (Lexer *lexer)
{
  for (;;)
    {
      guint n_splice = measure_splice (lexer->p);

      if (*lexer->p == '\n' && lexer->p < lexer->end)
        {
          lexer->line++;
          lexer->flags |= C_TOKEN_BEGINS_LINE;
          lexer->p++;
        }
      else if (n_splice > 0)
        {
          lexer->line++;
          lexer->p += n_splice;
        }
      else if (*lexer->p == ' ' || (*lexer->p >= '\t' && *lexer->p <= '\r'))
        lexer->p++;
      else if (lexer->p[0] == '/' && lexer->p[1] == '/')
        skip_line_comment (lexer);
      else if (lexer->p[0] == '/' && lexer->p[1] == '*')
        {
          if (!skip_block_comment (lexer))
            return FALSE;
        }
      else
        return TRUE;
      lexer->flags |= C_TOKEN_HAS_SPACE;
    }
}

/* Letters outside ASCII are allowed in names (C11 6.4.2.1, annex D). */
static gboolean
take_wide_letter (Lexer *lexer)
{
  gunichar c = g_utf8_get_char_validated (lexer->p, lexer->end - lexer->p);

  if (c == (gunichar)-1 || c == (gunichar)-2 || !g_unichar_isalpha (c))
    return FALSE;
  lexer->p = g_utf8_next_char (lexer->p);
  return TRUE;
}

static CToken
lex_name (Lexer *lexer)
{
  const char *start = lexer->p;
  CToken token;

  while (is_name_part (*lexer->p) || ((guchar)*lexer->p >= 0x80 && take_wide_letter (lexer)))
    if ((guchar)*lexer->p < 0x80 && is_name_part (*lexer->p))
      lexer->p++;
  token = make_token (lexer, C_TOKEN_IDENTIFIER, start, lexer->line);
  token.name = c_names_intern (lexer->context->names, start, lexer->p - start);
  token.kind = token.name->kind;
  return token;
}

/* pp-number = [.] digit (digit | name-part | . | [eEpP] sign)* */
static CToken
lex_number (Lexer *lexer)
{
  const char *start = lexer->p;

  while (is_name_part (*lexer->p) || *lexer->p == '.')
    {
      gboolean is_exponent = strchr ("eEpP", *lexer->p) != NULL;

      lexer->p++;
      if (is_exponent && (*lexer->p == '+' || *lexer->p == '-'))
        lexer->p++;
    }
  return make_token (lexer, C_TOKEN_NUMBER, start, lexer->line);
}

/* A string or character constant; lexer->p stands on the opening quote, start on the token's first byte. */
static CToken
lex_quoted (Lexer *lexer, const char *start)
{
  char quote = *lexer->p++;
  guint32 line = lexer->line;

  while (lexer->p < lexer->end && *lexer->p != '\n' && *lexer->p != quote)
    {
      guint n_splice = measure_splice (lexer->p);

      if (n_splice > 0)
        lexer->line++;
      if (n_splice == 0 && *lexer->p == '\\' && lexer->p + 1 < lexer->end && lexer->p[1] != '\n')
        lexer->p++;
      lexer->p += MAX (1, n_splice);
    }
  if (lexer->p >= lexer->end || *lexer->p != quote)
    return make_invalid (lexer, quote == '"' ? C_FLAW_OPEN_STRING : C_FLAW_OPEN_CHARACTER, start,
                         line);
  lexer->p++;
  if (start[0] == 'L' || start[0] == 'U' || (start[0] == 'u' && start[1] != '8'))
    return make_invalid (lexer, C_FLAW_WIDE, start, line);
  return make_token (lexer, quote == '"' ? C_TOKEN_STRING : C_TOKEN_CHARACTER, start, line);
}

/* How many bytes of an encoding prefix (C11 6.4.5) stand before a quote at p. */
static guint
measure_prefix (const char *p)
{
  if (p[0] == 'u' && p[1] == '8' && p[2] == '"')
    return 2;
  if ((p[0] == 'L' || p[0] == 'u' || p[0] == 'U') && (p[1] == '"' || p[1] == '\''))
    return 1;
  return 0;
}

/* Whether text begins with the spelling. */
static gboolean
is_spelled (const char *text, const char *spelling)
{
  while (*spelling != '\0' && *text == *spelling)
    {
      text++;
      spelling++;
    }
  return *spelling == '\0';
}

/* The longest punctuator at the beginning of text, INVALID for none (C11 6.4p4). */
static CTokenKind
find_punctuator (const char *text, gsize *n_bytes)
{
  CTokenKind best = C_TOKEN_INVALID;

#define KEYWORD(id, spelling)
#define PUNCTUATOR(id, spelling)                                                                   \
  if (text[0] == spelling[0] && sizeof spelling - 1 > *n_bytes && is_spelled (text, spelling))     \
    {                                                                                              \
      best = C_TOKEN_##id;                                                                         \
      *n_bytes = sizeof spelling - 1;                                                              \
    }
#include "c-token.def"
#undef KEYWORD
#undef PUNCTUATOR
  return best;
}

static CToken
lex_punctuator (Lexer *lexer)
{
  const char *start = lexer->p;
  gsize n_bytes = 0;
  CTokenKind kind = find_punctuator (start, &n_bytes);

  lexer->p += MAX (1, n_bytes);
  if (kind == C_TOKEN_INVALID)
    return make_invalid (lexer, C_FLAW_STRAY, start, lexer->line);
  return make_token (lexer, kind, start, lexer->line);
}

/* Bytes outside ASCII that begin no name: a run of them is one mistake. */
static CToken
lex_foreign (Lexer *lexer)
{
  const char *start = lexer->p;
  gunichar c = g_utf8_get_char_validated (start, lexer->end - start);
  gboolean is_valid = c != (gunichar)-1 && c != (gunichar)-2;

  if (is_valid && g_unichar_isalpha (c))
    return lex_name (lexer);
  while ((guchar)*lexer->p >= 0x80)
    lexer->p++;
  return make_invalid (lexer, is_valid ? C_FLAW_STRAY : C_FLAW_UTF8, start, lexer->line);
}

static CToken
lex_token (Lexer *lexer)
{
  const char *start = lexer->p;
  guint n_prefix = measure_prefix (start);

  if (*start == '"' || *start == '\'' || n_prefix > 0)
    {
      lexer->p += n_prefix;
      return lex_quoted (lexer, start);
    }
  if (is_name_start (*start))
    return lex_name (lexer);
  if (g_ascii_isdigit (*start) || (start[0] == '.' && g_ascii_isdigit (start[1])))
    return lex_number (lexer);
  if ((guchar)*start >= 0x80)
    return lex_foreign (lexer);
  return lex_punctuator (lexer);
}

void
c_lex (CContext *context, guint32 base, const char *text, gsize n_bytes, CTokenList *list)
{
  Lexer lexer = { context, text, text + n_bytes, text, base, 1, C_TOKEN_BEGINS_LINE };
  CToken token;

  do
    {
      const char *comment = lexer.p;
      guint32 line = lexer.line;

      if (!skip_space (&lexer))
        {
          while (strncmp (comment, "/*", 2) != 0)
            comment++;
          token = make_invalid (&lexer, C_FLAW_OPEN_COMMENT, comment, line);
          token.span.end = token.span.begin + 2;
          c_token_list_add (list, &token);
        }
      if (lexer.p >= lexer.end)
        token = make_token (&lexer, C_TOKEN_END, lexer.p, lexer.line);
      else
        token = lex_token (&lexer);
      lexer.flags = 0;
      c_token_list_add (list, &token);
    }
  while (token.kind != C_TOKEN_END);
}

gboolean
c_lex_one (CContext *context, const char *text, gsize n_bytes, CToken *token)
{
  Lexer lexer = { context, text, text + n_bytes, text, 0, 0, 0 };

  if (n_bytes == 0)
    return FALSE;
  *token = lex_token (&lexer);
  return lexer.p == lexer.end && token->kind != C_TOKEN_INVALID;
}

/* Says what is wrong with an INVALID token. */
void
c_report_flaw (CContext *context, const CToken *token)
{
  g_autofree char *spelling = NULL;
  TextDiagnostic *diagnostic;

  switch ((CTokenFlaw)token->flaw)
    {
    case C_FLAW_STRAY:
      spelling = g_strndup (token->text, token->length);
      c_report (context, token->span, "stray-character",
                text_message_new (TEXT_C_STRAY_CHARACTER, "s", spelling));
      break;
    case C_FLAW_UTF8:
      c_report (context, token->span, "invalid-utf8", text_message_new (TEXT_C_INVALID_UTF8, ""));
      break;
    case C_FLAW_OPEN_STRING:
    case C_FLAW_OPEN_CHARACTER:
      diagnostic = c_report (
          context, token->span, "unterminated",
          text_message_new (
              token->flaw == C_FLAW_OPEN_STRING ? TEXT_C_OPEN_STRING : TEXT_C_OPEN_CHARACTER, ""));
      c_add_help (diagnostic, text_message_new (TEXT_C_CLOSE_QUOTE_HELP, "s",
                                                token->flaw == C_FLAW_OPEN_STRING ? "\"" : "'"));
      break;
    case C_FLAW_OPEN_COMMENT:
      c_report_limit (context, token->span, "unterminated",
                      text_message_new (TEXT_C_OPEN_COMMENT, ""));
      break;
    case C_FLAW_WIDE:
      c_report_unsupported (context, token->span, "a wide character or string (`L`, `u`, `U`)");
      break;
    case C_FLAW_NONE:
      break;
    }
}
