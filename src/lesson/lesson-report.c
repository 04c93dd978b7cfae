/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reporting what is wrong with a lesson: see lesson-report.h. */

#include "lesson-report.h"

/* A longer text is not quoted whole. */
#define MAX_QUOTED_CHARACTERS 40

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

/* Text of the file as it can stand in a sentence: cut where it is long, and without characters that would steer a terminal.
 * text: valid UTF-8. (transfer full) */
char *
lesson_report_quote (const char *text, gsize n_bytes)
{
  GString *quoted = g_string_new (NULL);
  const char *end = text + n_bytes;

  for (guint n = 0; text < end && n < MAX_QUOTED_CHARACTERS; n++, text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      g_string_append_unichar (quoted, g_unichar_isprint (c) ? c : 0xfffd);
    }
  if (text < end)
    g_string_append (quoted, "…");
  return g_string_free (quoted, FALSE);
}
