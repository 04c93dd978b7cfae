/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reporting: see c-report.h. */

#include "c-report.h"

#include <string.h>

#define MAX_WORD 40

/* Once many errors were told, more of them help nobody, and looking for a likely name at each costs time. */
static gboolean
is_silent (CContext *context)
{
  return context->is_stopped
         || context->diagnostics->n_errors - context->n_errors_before >= C_MAX_ERRORS;
}

static TextDiagnostic *
add_diagnostic (CContext *context, TextSeverity severity, TextSpan span, const char *code,
                TextMessage *message)
{
  TextDiagnostic *diagnostic;

  if (is_silent (context))
    {
      text_message_free (message);
      return NULL;
    }
  diagnostic = text_diagnostic_new (severity, code, span, message);
  text_diagnostics_take (context->diagnostics, diagnostic);
  return diagnostic;
}

TextDiagnostic *
c_report (CContext *context, TextSpan span, const char *code, TextMessage *message)
{
  return add_diagnostic (context, TEXT_SEVERITY_ERROR, span, code, message);
}

TextDiagnostic *
c_warn (CContext *context, TextSpan span, const char *code, TextMessage *message)
{
  return add_diagnostic (context, TEXT_SEVERITY_WARNING, span, code, message);
}

/* construct: how a person calls it, code between backticks */
TextDiagnostic *
c_report_unsupported (CContext *context, TextSpan span, const char *construct)
{
  return c_report (context, span, TEXT_CODE_UNSUPPORTED,
                   text_message_new (TEXT_C_UNSUPPORTED, "s", construct));
}

/* The last thing that is said: what follows a met bound would be about our bound, not about the program. */
void
c_report_limit (CContext *context, TextSpan span, const char *code, TextMessage *message)
{
  c_report (context, span, code, message);
  context->is_stopped = TRUE;
}

void
c_add_here (TextDiagnostic *diagnostic, TextMessage *here)
{
  if (diagnostic != NULL)
    text_diagnostic_take_here (diagnostic, here);
  else
    text_message_free (here);
}

void
c_add_help (TextDiagnostic *diagnostic, TextMessage *help)
{
  if (diagnostic != NULL)
    text_diagnostic_take_help (diagnostic, help);
  else
    text_message_free (help);
}

/* No label where there is no place. */
void
c_add_label (TextDiagnostic *diagnostic, TextSpan span, TextMessage *message)
{
  if (diagnostic != NULL && span.begin != 0)
    text_diagnostic_add_label (diagnostic, span, message);
  else
    text_message_free (message);
}

gboolean
c_has_errors (const CContext *context)
{
  return context->diagnostics->n_errors > context->n_errors_before;
}

/* The restricted Damerau-Levenshtein distance, three rows of the table at a time. */
guint
c_word_distance (const char *a, const char *b, guint limit)
{
  gsize n_a = strlen (a), n_b = strlen (b);
  guint rows[3][MAX_WORD + 1];

  if (n_a > MAX_WORD || n_b > MAX_WORD || (n_a > n_b ? n_a - n_b : n_b - n_a) > limit)
    return limit + 1;
  for (gsize j = 0; j <= n_b; j++)
    rows[0][j] = j;
  for (gsize i = 1; i <= n_a; i++)
    {
      guint *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];

      row[0] = i;
      for (gsize j = 1; j <= n_b; j++)
        {
          row[j] = MIN (MIN (above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], two_above[j - 2] + 1);
        }
    }
  return MIN (rows[n_a % 3][n_b], limit + 1);
}
