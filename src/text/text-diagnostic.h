/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text-message.h"
#include "text-source.h"

G_BEGIN_DECLS

/* One finding about the learner's program, before the run (error, warning) or in it (fault): data, worded when shown. */

typedef enum
{
  TEXT_SEVERITY_ERROR,
  TEXT_SEVERITY_WARNING,
  TEXT_SEVERITY_NOTE, /* could be better */
  TEXT_SEVERITY_FAULT,
  TEXT_SEVERITY_LIMIT, /* a bound of the run was reached */
  TEXT_SEVERITY_LEAK,
} TextSeverity;

typedef struct
{
  TextSpan span;
  TextMessage *message; /* owned */
} TextLabel;

typedef struct
{
  TextSeverity severity;
  char *code;           /* owned; a slug such as "undeclared" or "use-after-free" */
  TextSpan span;        /* the caret's place */
  TextMessage *message; /* owned */
  TextMessage *here;    /* owned; words beside the caret, may be NULL */
  GPtrArray *labels;    /* of TextLabel, in the order they are shown */
  TextMessage *help;    /* owned; what to do, may be NULL */
} TextDiagnostic;

/* The code of all constructs outside the supported subset. */
#define TEXT_CODE_UNSUPPORTED "unsupported"

TextDiagnostic *text_diagnostic_new (TextSeverity severity, const char *code, TextSpan span,
                                     TextMessage *message);
void text_diagnostic_free (TextDiagnostic *diagnostic);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TextDiagnostic, text_diagnostic_free)

void text_diagnostic_take_here (TextDiagnostic *diagnostic, TextMessage *here);
void text_diagnostic_add_label (TextDiagnostic *diagnostic, TextSpan span, TextMessage *message);
void text_diagnostic_take_help (TextDiagnostic *diagnostic, TextMessage *help);

const char *text_severity_get_name (TextSeverity severity);
char *text_diagnostic_render (const TextDiagnostic *diagnostic, TextMap *map);

/* The findings of one compilation, in the order of their discovery. */
typedef struct
{
  GPtrArray *list; /* of TextDiagnostic */
  guint n_errors;
} TextDiagnostics;

TextDiagnostics *text_diagnostics_new (void);
void text_diagnostics_free (TextDiagnostics *diagnostics);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TextDiagnostics, text_diagnostics_free)
void text_diagnostics_take (TextDiagnostics *diagnostics, TextDiagnostic *diagnostic);
gboolean text_diagnostics_are_unsupported (const TextDiagnostics *diagnostics);

G_END_DECLS
