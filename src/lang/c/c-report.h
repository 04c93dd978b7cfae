/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "c-token.h"
#include "text/text-diagnostic.h"

G_BEGIN_DECLS

/* What every part of the front end needs, and the way it reports. */

typedef struct
{
  TextMap *map;                 /* borrowed */
  TextDiagnostics *diagnostics; /* borrowed */
  LangArena *arena;             /* owned by c_compile */
  CNames *names;                /* owned by c_compile */
  guint32 begin, end;           /* positions of the learner's source */
  guint n_errors_before;        /* errors in diagnostics when the compilation began */
  gboolean is_stopped;          /* a bound was met: nothing more is said */
} CContext;

/* Bounds of a program (each has its message); a program written by a person is far from all of them. */
enum
{
  C_MAX_SOURCE_BYTES = 1024 * 1024,
  C_MAX_NESTING = 256,           /* parentheses, blocks, operators, declarators, initialisers */
  C_MAX_EXPRESSION_DEPTH = 2000, /* operators in a row: a + a + a … */
  C_MAX_TYPE_DEPTH = 256,        /* pointers to arrays of pointers … */
  C_MAX_PART_DEPTH = 60,         /* arrays and structs in each other */
  C_MAX_EXPANSION = 1000000,     /* tokens that macros may produce */
  C_MAX_OBJECT_BYTES = 1 << 30,
  C_MAX_ERRORS = 50,
};

/* The new diagnostic is borrowed, so that words can be added to it; NULL when nothing more is said. message: (transfer full) */
TextDiagnostic *c_report (CContext *context, TextSpan span, const char *code, TextMessage *message);
TextDiagnostic *c_warn (CContext *context, TextSpan span, const char *code, TextMessage *message);
TextDiagnostic *c_report_unsupported (CContext *context, TextSpan span, const char *construct);
void c_report_limit (CContext *context, TextSpan span, const char *code, TextMessage *message);

/* Each accepts NULL for the diagnostic and takes the message. */
void c_add_here (TextDiagnostic *diagnostic, TextMessage *here);
void c_add_help (TextDiagnostic *diagnostic, TextMessage *help);
void c_add_label (TextDiagnostic *diagnostic, TextSpan span, TextMessage *message);

gboolean c_has_errors (const CContext *context);

/* How far apart two words are: letters changed, added, left out or swapped; at most limit + 1. */
guint c_word_distance (const char *a, const char *b, guint limit);

G_END_DECLS
