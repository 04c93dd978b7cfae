/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reporting what is wrong with a lesson: see lesson-report.h. */

#include "lesson-report.h"

/* Adds a finding. message, help: (transfer full), help: (nullable). Returns the finding (borrowed), for labels. */
TextDiagnostic *
lesson_report (TextDiagnostics *diagnostics, TextSeverity severity, const char *code, TextSpan span,
               TextMessage *message, TextMessage *help)
{
  TextDiagnostic *diagnostic = text_diagnostic_new (severity, code, span, message);

  if (help != NULL)
    text_diagnostic_take_help (diagnostic, help);
  text_diagnostics_take (diagnostics, diagnostic);
  return diagnostic;
}
