/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/text-source.h"

G_BEGIN_DECLS

/* Tokens, and the names that identifiers are. */

typedef enum
{
  C_TOKEN_END,     /* behind the last token */
  C_TOKEN_INVALID, /* text that is no token; why stands in CToken.flaw */
  C_TOKEN_IDENTIFIER,
  C_TOKEN_NUMBER,    /* a preprocessing number (C11 6.4.8); its value is found when it is parsed */
  C_TOKEN_CHARACTER, /* 'x' */
  C_TOKEN_STRING,    /* "x" */
#define KEYWORD(id, spelling) C_TOKEN_##id,
#define PUNCTUATOR(id, spelling) C_TOKEN_##id,
#include "c-token.def"
#undef KEYWORD
#undef PUNCTUATOR
  C_N_TOKEN_KINDS,
} CTokenKind;

/* Why a token is INVALID. */
typedef enum
{
  C_FLAW_NONE,
  C_FLAW_STRAY,          /* a character that begins no token */
  C_FLAW_UTF8,           /* bytes that are no character */
  C_FLAW_OPEN_STRING,    /* a string without its closing quote on the line */
  C_FLAW_OPEN_CHARACTER, /* the same for a character constant */
  C_FLAW_OPEN_COMMENT,   /* a comment without its end */
  C_FLAW_WIDE,           /* L"x" and the like, which are not supported */
} CTokenFlaw;

typedef enum
{
  C_TOKEN_BEGINS_LINE = 1 << 0,
  C_TOKEN_HAS_SPACE = 1 << 1, /* white space stands before it */
  C_TOKEN_IS_PAINTED
      = 1 << 2, /* the name of a macro that must not be expanded any more (C11 6.10.3.4p2) */
  C_TOKEN_IS_PARAMETER = 1 << 3, /* in a macro's body: the parameter of index CToken.line */
} CTokenFlags;

typedef struct _CName CName;
typedef struct _CMacro CMacro;
typedef struct _CSymbol CSymbol;
typedef struct _CTag CTag;
typedef struct _CLabel CLabel;

typedef struct
{
  guint8 kind;    /* CTokenKind */
  guint8 flags;   /* CTokenFlags */
  guint8 flaw;    /* CTokenFlaw */
  guint32 length; /* bytes of the spelling */
  guint32 line;   /* of the place it is shown at, in that place's own source */
  TextSpan span;  /* a token out of a macro's body stands where the macro was used */
  union
  {
    CName *name;      /* IDENTIFIER and keywords */
    const char *text; /* others: the spelling, in the text map or the arena */
  };
} CToken;

/* A growing row of tokens. */
typedef struct
{
  CToken *tokens; /* owned */
  guint n_tokens;
  guint n_allocated;
} CTokenList;

void c_token_list_reserve (CTokenList *list, guint n_tokens);
void c_token_list_add (CTokenList *list, const CToken *token);
void c_token_list_clear (CTokenList *list);

const char *c_token_get_spelling (const CToken *token);
const char *c_token_kind_get_spelling (CTokenKind kind);
guint c_token_kind_get_precedence (CTokenKind kind);
gboolean c_token_is_word (const CToken *token);

/* ---- names ---- */

/* One spelling of an identifier. What it means at the moment hangs on it, so that looking up costs nothing; scopes put back
 * what they covered (c-scope.h). */
struct _CName
{
  const char *text; /* NUL-terminated, in the arena */
  guint32 length;
  guint32 hash;
  CTokenKind kind; /* IDENTIFIER or a keyword */
  CMacro *macro;   /* NULL: no macro of that name */
  CSymbol *symbol; /* NULL: not declared */
  CTag *tag;       /* struct, union or enum */
  CLabel *label;   /* of the function at hand */
  CName *next;     /* in the same bucket */
};

typedef struct _CNames CNames;
typedef struct _LangArena LangArena;

CNames *c_names_new (LangArena *arena);
void c_names_free (CNames *names);
CName *c_names_intern (CNames *names, const char *text, gsize n_bytes);
guint c_names_get_n (const CNames *names);
CName *c_names_get (const CNames *names, guint index);

G_END_DECLS
