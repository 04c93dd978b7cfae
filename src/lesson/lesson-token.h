/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/text-diagnostic.h"

G_BEGIN_DECLS

/* The words of JSON, one after the other. The bytes must be UTF-8 and hold no NUL. */

typedef enum
{
  LESSON_TOKEN_END,         /* end of the file */
  LESSON_TOKEN_OPEN_OBJECT, /* { */
  LESSON_TOKEN_CLOSE_OBJECT,
  LESSON_TOKEN_OPEN_LIST, /* [ */
  LESSON_TOKEN_CLOSE_LIST,
  LESSON_TOKEN_COLON,
  LESSON_TOKEN_COMMA,
  LESSON_TOKEN_STRING,
  LESSON_TOKEN_SCALAR,    /* a number, true, false, null */
  LESSON_TOKEN_BARE_WORD, /* a word without quotes that is no JSON; not reported yet */
  LESSON_TOKEN_TROUBLE,   /* anything else that is no JSON; it has been reported */
} LessonTokenKind;

typedef struct
{
  LessonTokenKind kind;
  TextSpan span;
} LessonToken;

typedef struct
{
  const char *text;
  const char *end;
  const char *at;               /* the next byte to read */
  guint32 base;                 /* position of text[0] */
  TextDiagnostics *diagnostics; /* borrowed */
  GString *string;              /* what the last string says, its escapes undone */
} LessonTokens;

LessonToken lesson_tokens_next (LessonTokens *tokens);

G_END_DECLS
