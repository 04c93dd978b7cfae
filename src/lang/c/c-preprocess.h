/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "c-lex.h"

G_BEGIN_DECLS

/* Directives and macros (C11 6.10): the tokens of a source become the tokens that the parser reads. */

struct _CMacro
{
  CName *name;
  gboolean is_function;
  gboolean is_variadic;
  gboolean is_library;  /* defined in one of our headers, or by us */
  gboolean is_disabled; /* being expanded, so its own name in it stays as it is */
  guint n_parameters;   /* with __VA_ARGS__ */
  const CToken *body;
  guint n_body;
  TextSpan span; /* of the name in the definition */
};

typedef struct
{
  CContext *context;
  CTokenList output;
  guint n_expanded; /* tokens that macros have produced */
  guint nesting;    /* macro arguments in macro arguments */
  guint32 included; /* a bit for each of our headers */
} CPreprocessor;

/* c-preprocess.c */
void c_preprocess (CPreprocessor *preprocessor, const CToken *tokens, gboolean is_library);
void c_preprocess_header (CPreprocessor *preprocessor, const char *name, const char *text);
void c_define_predefined (CPreprocessor *preprocessor);

/* c-macro.c */
void c_macro_define (CPreprocessor *preprocessor, const CToken *line, guint n_tokens,
                     gboolean is_library);
guint c_macro_expand (CPreprocessor *preprocessor, const CToken *tokens, guint at,
                      CTokenList *output);
void c_macro_expand_line (CPreprocessor *preprocessor, const CToken *tokens, guint n_tokens,
                          CTokenList *output);

/* c-preprocess-condition.c: the value of the expression behind #if; FALSE, and reported, when it is none. */
gboolean c_evaluate_condition (CPreprocessor *preprocessor, TextSpan directive,
                               const CToken *tokens, guint n_tokens, gboolean *value);

G_END_DECLS
