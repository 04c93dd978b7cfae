/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Specifiers: the words in front of the declarators (C11 6.7.1 to 6.7.5), and type names (6.7.7). */

#include "c-parse.h"

#include <string.h>

/* How often each word of a basic type was seen. */
typedef struct
{
  guint n_void, n_bool, n_char, n_int, n_short, n_long, n_signed, n_unsigned, n_float, n_double;
  guint n_words;
} Words;

/* Whether a token begins a declaration rather than an expression. */
gboolean
c_begins_type (const CParser *parser, const CToken *token)
{
  switch ((guint)token->kind)
    {
    case C_TOKEN_AUTO:
    case C_TOKEN_CHAR:
    case C_TOKEN_CONST:
    case C_TOKEN_DOUBLE:
    case C_TOKEN_ENUM:
    case C_TOKEN_EXTERN:
    case C_TOKEN_FLOAT:
    case C_TOKEN_INLINE:
    case C_TOKEN_INT:
    case C_TOKEN_LONG:
    case C_TOKEN_REGISTER:
    case C_TOKEN_RESTRICT:
    case C_TOKEN_SHORT:
    case C_TOKEN_SIGNED:
    case C_TOKEN_STATIC:
    case C_TOKEN_STRUCT:
    case C_TOKEN_TYPEDEF:
    case C_TOKEN_UNION:
    case C_TOKEN_UNSIGNED:
    case C_TOKEN_VOID:
    case C_TOKEN_VOLATILE:
    case C_TOKEN_ALIGNAS:
    case C_TOKEN_ATOMIC:
    case C_TOKEN_BOOL:
    case C_TOKEN_COMPLEX:
    case C_TOKEN_IMAGINARY:
    case C_TOKEN_NORETURN:
    case C_TOKEN_THREAD_LOCAL:
    case C_TOKEN_ATTRIBUTE:
      return TRUE;
    case C_TOKEN_IDENTIFIER:
      return token->name->symbol != NULL && token->name->symbol->kind == C_SYMBOL_TYPEDEF;
    default:
      return FALSE;
    }
}

/* attribute = "__attribute__" "(" … ")"; gcc's hints, which change nothing here */
void
c_skip_attributes (CParser *parser)
{
  while (c_accept (parser, C_TOKEN_ATTRIBUTE))
    {
      guint depth = 0;

      do
        {
          CTokenKind kind = c_peek_kind (parser);

          if (kind == C_TOKEN_LEFT_PAREN)
            depth++;
          else if (kind == C_TOKEN_RIGHT_PAREN)
            depth--;
          else if (depth == 0 || kind == C_TOKEN_END)
            {
              c_report_unexpected (parser, "`(`");
              return;
            }
          c_take (parser);
        }
      while (depth > 0);
    }
}

static gboolean
count_word (Words *words, CTokenKind kind)
{
  switch ((guint)kind)
    {
    case C_TOKEN_VOID:
      words->n_void++;
      break;
    case C_TOKEN_BOOL:
      words->n_bool++;
      break;
    case C_TOKEN_CHAR:
      words->n_char++;
      break;
    case C_TOKEN_INT:
      words->n_int++;
      break;
    case C_TOKEN_SHORT:
      words->n_short++;
      break;
    case C_TOKEN_LONG:
      words->n_long++;
      break;
    case C_TOKEN_SIGNED:
      words->n_signed++;
      break;
    case C_TOKEN_UNSIGNED:
      words->n_unsigned++;
      break;
    case C_TOKEN_FLOAT:
      words->n_float++;
      break;
    case C_TOKEN_DOUBLE:
      words->n_double++;
      break;
    default:
      return FALSE;
    }
  words->n_words++;
  return TRUE;
}

/* The integer type that the words name; C_TYPE_ERROR when they contradict each other. */
static CTypeKind
choose_integer (const Words *words)
{
  gboolean is_unsigned = words->n_unsigned > 0;
  guint n_sized = words->n_short + words->n_long;

  if (words->n_signed + words->n_unsigned > 1 || words->n_int > 1 || words->n_short > 1
      || words->n_long > 2 || (words->n_short > 0 && words->n_long > 0)
      || (words->n_char > 0 && (n_sized > 0 || words->n_int > 0 || words->n_char > 1)))
    return C_TYPE_ERROR;
  if (words->n_char > 0)
    return is_unsigned           ? C_TYPE_UNSIGNED_CHAR
           : words->n_signed > 0 ? C_TYPE_SIGNED_CHAR
                                 : C_TYPE_CHAR;
  if (words->n_short > 0)
    return C_TYPE_SHORT + is_unsigned;
  if (words->n_long == 2)
    return C_TYPE_LONG_LONG + is_unsigned;
  return (words->n_long == 1 ? C_TYPE_LONG : C_TYPE_INT) + is_unsigned;
}

/* C11 6.7.2p2 */
static CTypeKind
choose_basic (const Words *words)
{
  if (words->n_void + words->n_bool + words->n_float + words->n_double == 0)
    return choose_integer (words);
  if (words->n_words > 1)
    return C_TYPE_ERROR;
  if (words->n_void > 0)
    return C_TYPE_VOID;
  if (words->n_bool > 0)
    return C_TYPE_BOOL;
  return words->n_float > 0 ? C_TYPE_FLOAT : C_TYPE_DOUBLE;
}

static CStorage
get_storage (CTokenKind kind)
{
  switch ((guint)kind)
    {
    case C_TOKEN_TYPEDEF:
      return C_STORAGE_TYPEDEF;
    case C_TOKEN_EXTERN:
      return C_STORAGE_EXTERN;
    case C_TOKEN_STATIC:
      return C_STORAGE_STATIC;
    case C_TOKEN_AUTO:
      return C_STORAGE_AUTO;
    case C_TOKEN_REGISTER:
      return C_STORAGE_REGISTER;
    default:
      return C_STORAGE_NONE;
    }
}

static void
take_storage (CParser *parser, CSpecifiers *specifiers, gboolean allows_storage)
{
  const CToken *token = c_take (parser);

  if (!allows_storage)
    c_report (parser->context, token->span, "bad-specifier",
              text_message_new (TEXT_C_NO_STORAGE_HERE, "s", c_token_get_spelling (token)));
  else if (specifiers->storage != C_STORAGE_NONE)
    c_report (parser->context, token->span, "bad-specifier",
              text_message_new (TEXT_C_TWO_STORAGES, ""));
  specifiers->storage = get_storage (token->kind);
  specifiers->storage_span = token->span;
}

static gboolean
take_unsupported_word (CParser *parser)
{
  static const struct
  {
    CTokenKind kind;
    const char *construct;
  } words[] = {
    { C_TOKEN_ATOMIC, "`_Atomic`" },       { C_TOKEN_COMPLEX, "a complex number (`_Complex`)" },
    { C_TOKEN_IMAGINARY, "`_Imaginary`" }, { C_TOKEN_THREAD_LOCAL, "`_Thread_local`" },
    { C_TOKEN_ALIGNAS, "`_Alignas`" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (c_peek_kind (parser) == words[i].kind)
      {
        c_report_unsupported (parser->context, c_take (parser)->span, words[i].construct);
        if (c_peek_kind (parser) == C_TOKEN_LEFT_PAREN)
          c_skip_parens (parser);
        return TRUE;
      }
  return FALSE;
}

/* The typedef that stands here as the type, NULL when the name is rather what is declared. */
static CType *
accept_typedef_name (CParser *parser, const CSpecifiers *specifiers, const Words *words)
{
  const CToken *token = c_peek (parser);

  if (token->kind != C_TOKEN_IDENTIFIER || specifiers->type != NULL || words->n_words > 0
      || !c_begins_type (parser, token))
    return NULL;
  c_take (parser);
  return token->name->symbol->type;
}

/* A name that stands where a type should: most likely a type that is not declared. */
static CType *
report_missing_type (CParser *parser, const CSpecifiers *specifiers, gboolean may_be_int)
{
  const CToken *token = c_peek (parser);
  CTokenKind second = c_peek_second (parser)->kind;
  gboolean is_unknown = token->kind == C_TOKEN_IDENTIFIER && specifiers->span.begin == 0;

  if (parser->is_lost)
    return parser->types->error;
  if (is_unknown
      && (second == C_TOKEN_IDENTIFIER || second == C_TOKEN_STAR
          || (parser->depth > 0 && (second == C_TOKEN_COMMA || second == C_TOKEN_RIGHT_PAREN))))
    {
      const char *suggestion = c_scope_suggest (parser, token->name->text);
      TextDiagnostic *diagnostic
          = c_report (parser->context, token->span, "undeclared",
                      text_message_new (TEXT_C_UNKNOWN_TYPE, "s", token->name->text));

      if (token->name->tag != NULL)
        c_add_help (diagnostic,
                    text_message_new (
                        TEXT_C_USE_TAG_HELP, "s",
                        c_type_is_record (token->name->tag->type)
                            ? (token->name->tag->type->kind == C_TYPE_UNION ? "union" : "struct")
                            : "enum"));
      else if (suggestion != NULL)
        c_add_help (diagnostic, text_message_new (TEXT_C_DID_YOU_MEAN, "s", suggestion));
      c_take (parser);
      return parser->types->error;
    }
  if (may_be_int && (specifiers->span.begin != 0 || is_unknown))
    {
      /* gcc: "type defaults to int", a warning only. */
      c_warn (parser->context, specifiers->span.begin != 0 ? specifiers->span : token->span,
              "implicit-int", text_message_new (TEXT_C_IMPLICIT_INT, ""));
      return parser->types->integer;
    }
  c_report_unexpected (parser, may_be_int ? "a declaration" : "a type");
  return parser->types->error;
}

static CType *
finish_specifiers (CParser *parser, CSpecifiers *specifiers, const Words *words,
                   gboolean may_be_int)
{
  CTypeKind kind;

  if (specifiers->type != NULL)
    {
      if (words->n_words > 0)
        c_report (parser->context, specifiers->span, "bad-specifier",
                  text_message_new (TEXT_C_TWO_TYPES, ""));
      return specifiers->type;
    }
  if (words->n_words == 0)
    return report_missing_type (parser, specifiers, may_be_int);
  if (words->n_long == 1 && words->n_double == 1 && words->n_words == 2)
    {
      c_report_unsupported (parser->context, specifiers->span, "`long double`");
      return parser->types->error;
    }
  kind = choose_basic (words);
  if (kind == C_TYPE_ERROR)
    c_report (parser->context, specifiers->span, "bad-specifier",
              text_message_new (TEXT_C_TWO_TYPES, ""));
  return &parser->types->basic[kind];
}

/* allows_storage: a declaration or a parameter, which may say `static` and the like, and where gcc takes a missing type for int.
 * specifiers = (storage-class | qualifier | type-specifier | function-specifier)+ */
CSpecifiers
c_parse_specifiers (CParser *parser, gboolean allows_storage)
{
  CSpecifiers specifiers = { NULL };
  Words words = { 0 };
  gboolean is_const = FALSE, is_volatile = FALSE;
  guint first = parser->at;

  while (!parser->is_lost)
    {
      CTokenKind kind = c_peek_kind (parser);
      CType *type;

      if (take_unsupported_word (parser))
        continue;
      if (get_storage (kind) != C_STORAGE_NONE)
        take_storage (parser, &specifiers, allows_storage);
      else if (kind == C_TOKEN_CONST || kind == C_TOKEN_VOLATILE)
        {
          is_const |= kind == C_TOKEN_CONST;
          is_volatile |= kind == C_TOKEN_VOLATILE;
          c_take (parser);
        }
      else if (kind == C_TOKEN_INLINE || kind == C_TOKEN_NORETURN || kind == C_TOKEN_RESTRICT)
        c_take (parser);
      else if (kind == C_TOKEN_ATTRIBUTE)
        c_skip_attributes (parser);
      else if (kind == C_TOKEN_STRUCT || kind == C_TOKEN_UNION || kind == C_TOKEN_ENUM)
        {
          type = kind == C_TOKEN_ENUM ? c_parse_enum (parser) : c_parse_record (parser);
          specifiers.declares_tag = TRUE;
          if (specifiers.type != NULL)
            words.n_words++;
          specifiers.type = type;
        }
      else if (count_word (&words, kind))
        c_take (parser);
      else if ((type = accept_typedef_name (parser, &specifiers, &words)) != NULL)
        specifiers.type = type;
      else
        break;
      specifiers.span = c_span_from (parser, first);
    }
  specifiers.type = finish_specifiers (parser, &specifiers, &words, allows_storage);
  specifiers.span = c_span_from (parser, first);
  specifiers.type = c_type_qualify (parser->types, specifiers.type, is_const, is_volatile);
  return specifiers;
}

/* type-name = specifiers [abstract-declarator] */
CType *
c_parse_type_name (CParser *parser)
{
  CSpecifiers specifiers = c_parse_specifiers (parser, FALSE);
  CDeclarator declarator = c_parse_declarator (parser, specifiers.type, TRUE);

  if (declarator.name != NULL && !parser->is_lost)
    {
      g_autofree char *found = g_strdup_printf ("`%s`", declarator.name->text);

      c_report (parser->context, declarator.span, "expected-token",
                text_message_new (TEXT_C_EXPECTED, "ss", "`)`", found));
      parser->is_lost = TRUE;
    }
  return declarator.type;
}

/* Whether an object can have the type; reports where it cannot. name: of the object, may be NULL */
gboolean
c_check_object_type (CParser *parser, CType *type, TextSpan span, const char *name)
{
  g_autofree char *spelling = NULL;

  if (c_type_is_error (type))
    return FALSE;
  spelling = c_type_spell (parser->types, type);
  if (type->kind == C_TYPE_VOID)
    c_report (parser->context, span, "void-value",
              text_message_new (TEXT_C_VOID_OBJECT, "s", name != NULL ? name : "this"));
  else if (!c_type_is_complete (type))
    c_report (parser->context, span, "incomplete-type",
              text_message_new (type->kind == C_TYPE_ARRAY ? TEXT_C_ARRAY_WITHOUT_SIZE
                                                           : TEXT_C_INCOMPLETE_TYPE,
                                "ss", spelling, name != NULL ? name : "this"));
  else if (c_type_get_size (type) > C_MAX_OBJECT_BYTES)
    c_report (parser->context, span, "too-big",
              text_message_new (TEXT_C_OBJECT_TOO_BIG, "su", name != NULL ? name : "this",
                                c_type_get_size (type)));
  else
    return TRUE;
  return FALSE;
}
