/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tokens, rows of tokens and the table of names: see c-token.h. */

#include "c-token.h"

#include "lang/lang-arena.h"

#include <string.h>

static const char *const spellings[C_N_TOKEN_KINDS] = {
#define KEYWORD(id, spelling) [C_TOKEN_##id] = spelling,
#define PUNCTUATOR(id, spelling) [C_TOKEN_##id] = spelling,
#include "c-token.def"
#undef KEYWORD
#undef PUNCTUATOR
};

/* Other spellings of keywords, which gcc's own headers and careful programs use. */
static const struct
{
  const char *spelling;
  CTokenKind kind;
} other_keywords[] = {
  { "__const", C_TOKEN_CONST },         { "__inline", C_TOKEN_INLINE },
  { "__inline__", C_TOKEN_INLINE },     { "__restrict", C_TOKEN_RESTRICT },
  { "__signed__", C_TOKEN_SIGNED },     { "__volatile__", C_TOKEN_VOLATILE },
  { "__alignof__", C_TOKEN_ALIGNOF },   { "__asm", C_TOKEN_ASM },
  { "__restrict__", C_TOKEN_RESTRICT },
};

struct _CNames
{
  LangArena *arena; /* borrowed */
  CName **buckets;  /* n_buckets, a power of two */
  guint n_buckets;
  GPtrArray *all; /* of CName, in the order of their first use */
};

/* Makes room for so many tokens in all, so that the row need not move while it grows to them. */
void
c_token_list_reserve (CTokenList *list, guint n_tokens)
{
  if (n_tokens <= list->n_allocated)
    return;
  list->n_allocated = n_tokens;
  list->tokens = g_renew (CToken, list->tokens, n_tokens);
}

void
c_token_list_add (CTokenList *list, const CToken *token)
{
  if (list->n_tokens == list->n_allocated)
    {
      list->n_allocated = MAX (64, list->n_allocated * 2);
      list->tokens = g_renew (CToken, list->tokens, list->n_allocated);
    }
  list->tokens[list->n_tokens++] = *token;
}

void
c_token_list_clear (CTokenList *list)
{
  g_clear_pointer (&list->tokens, g_free);
  list->n_tokens = list->n_allocated = 0;
}

/* The spelling of a token; of length CToken.length, which may be shorter than what stands there. */
const char *
c_token_get_spelling (const CToken *token)
{
  if (token->kind == C_TOKEN_IDENTIFIER || spellings[token->kind] == NULL)
    return token->kind == C_TOKEN_IDENTIFIER ? token->name->text : token->text;
  return spellings[token->kind];
}

/* Of a keyword or punctuator; NULL for other kinds. */
const char *
c_token_kind_get_spelling (CTokenKind kind)
{
  return spellings[kind];
}

/* How tightly a binary operator binds, from 1 for ||; 0 for what is none (C11 6.5.5 to 6.5.14). */
guint
c_token_kind_get_precedence (CTokenKind kind)
{
  switch ((guint)kind)
    {
    case C_TOKEN_STAR:
    case C_TOKEN_SLASH:
    case C_TOKEN_PERCENT:
      return 10;
    case C_TOKEN_PLUS:
    case C_TOKEN_MINUS:
      return 9;
    case C_TOKEN_LEFT_SHIFT:
    case C_TOKEN_RIGHT_SHIFT:
      return 8;
    case C_TOKEN_LESS:
    case C_TOKEN_GREATER:
    case C_TOKEN_LESS_EQUAL:
    case C_TOKEN_GREATER_EQUAL:
      return 7;
    case C_TOKEN_EQUAL_EQUAL:
    case C_TOKEN_NOT_EQUAL:
      return 6;
    case C_TOKEN_AMPERSAND:
      return 5;
    case C_TOKEN_CARET:
      return 4;
    case C_TOKEN_BAR:
      return 3;
    case C_TOKEN_AND_AND:
      return 2;
    case C_TOKEN_BAR_BAR:
      return 1;
    default:
      return 0;
    }
}

/* Whether the token is a name: before macros are expanded, keywords are names like others. */
gboolean
c_token_is_word (const CToken *token)
{
  return token->kind == C_TOKEN_IDENTIFIER
         || (token->kind > C_TOKEN_STRING && token->kind < C_TOKEN_LEFT_BRACKET);
}

/* ---- names ---- */

static guint32
hash_text (const char *text, gsize n_bytes)
{
  guint32 hash = 2166136261u;

  for (gsize i = 0; i < n_bytes; i++)
    hash = (hash ^ (guchar)text[i]) * 16777619u;
  return hash;
}

static void
grow_buckets (CNames *names)
{
  g_free (names->buckets);
  names->n_buckets *= 2;
  names->buckets = g_new0 (CName *, names->n_buckets);
  for (guint i = 0; i < names->all->len; i++)
    {
      CName *name = g_ptr_array_index (names->all, i);
      CName **bucket = &names->buckets[name->hash & (names->n_buckets - 1)];

      name->next = *bucket;
      *bucket = name;
    }
}

static void
add_keywords (CNames *names)
{
  for (guint kind = 0; kind < C_N_TOKEN_KINDS; kind++)
    if (spellings[kind] != NULL
        && (g_ascii_isalpha (spellings[kind][0]) || spellings[kind][0] == '_'))
      c_names_intern (names, spellings[kind], strlen (spellings[kind]))->kind = kind;
  for (guint i = 0; i < G_N_ELEMENTS (other_keywords); i++)
    c_names_intern (names, other_keywords[i].spelling, strlen (other_keywords[i].spelling))->kind
        = other_keywords[i].kind;
}

/* A table that knows the keywords. arena: must live longer. */
CNames *
c_names_new (LangArena *arena)
{
  CNames *names = g_new0 (CNames, 1);

  names->arena = arena;
  names->n_buckets = 1024;
  names->buckets = g_new0 (CName *, names->n_buckets);
  names->all = g_ptr_array_new ();
  add_keywords (names);
  return names;
}

void
c_names_free (CNames *names)
{
  g_free (names->buckets);
  g_ptr_array_unref (names->all);
  g_free (names);
}

/* The one CName of that spelling. */
CName *
c_names_intern (CNames *names, const char *text, gsize n_bytes)
{
  guint32 hash = hash_text (text, n_bytes);
  CName *name = names->buckets[hash & (names->n_buckets - 1)];

  for (; name != NULL; name = name->next)
    if (name->hash == hash && name->length == n_bytes && memcmp (name->text, text, n_bytes) == 0)
      return name;
  name = lang_arena_new0 (names->arena, CName);
  name->text = lang_arena_strndup (names->arena, text, n_bytes);
  name->length = n_bytes;
  name->hash = hash;
  name->kind = C_TOKEN_IDENTIFIER;
  name->next = names->buckets[hash & (names->n_buckets - 1)];
  names->buckets[hash & (names->n_buckets - 1)] = name;
  g_ptr_array_add (names->all, name);
  if (names->all->len > names->n_buckets)
    grow_buckets (names);
  return name;
}

guint
c_names_get_n (const CNames *names)
{
  return names->all->len;
}

/* In the order of their first use. */
CName *
c_names_get (const CNames *names, guint index)
{
  return g_ptr_array_index (names->all, index);
}
