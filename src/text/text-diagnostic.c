/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Diagnostics as data and as text. The text form:
 *
 *     file.c:14:20: fault[use-after-free]: `alias` points to a block that was freed
 *       14 |     printf("%s\n", alias);
 *          |                    ^^^^^ reads block 1
 *       11 |     free(name);
 *          |     ---------- freed here
 *     help: use the block before it is freed
 */

#include "text-diagnostic.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A longer line is shown in part around its place. */
#define MAX_SHOWN_CHARACTERS 160

static void
label_free (gpointer data)
{
  TextLabel *label = data;

  text_message_free (label->message);
  g_free (label);
}

/* The part of a line that is shown, and how many of its characters stand before the span. */
static char *
cut_line (const char *line, guint column, guint *shown_before)
{
  glong length = g_utf8_strlen (line, -1);
  glong first = 0;

  *shown_before = column - 1;
  if (length <= MAX_SHOWN_CHARACTERS)
    return g_strdup (line);
  if (column > MAX_SHOWN_CHARACTERS / 2)
    first = column - MAX_SHOWN_CHARACTERS / 2;
  *shown_before -= first;
  return g_utf8_substring (line, first, MIN (length, first + MAX_SHOWN_CHARACTERS));
}

static void
append_excerpt (GString *out, TextMap *map, TextSpan span, char mark, const TextMessage *message)
{
  TextPlace place = text_map_place (map, span.begin);
  g_autofree char *whole = NULL;
  g_autofree char *line = NULL;
  guint before, marks, shown;
  const char *p;

  if (place.line == 0)
    return;
  whole = text_map_dup_line (map, span.begin);
  {
    g_autofree char *valid = g_utf8_make_valid (whole, -1);
    line = cut_line (valid, place.column, &before);
  }
  g_string_append_printf (out, "%5u | %s\n      | ", place.line, line);
  p = line;
  for (guint i = 0; i < before; i++)
    {
      /* Tabs are kept, so that the marks stand under the words in every terminal. */
      g_string_append_c (out, *p == '\t' ? '\t' : ' ');
      if (*p != '\0')
        p = g_utf8_next_char (p);
    }
  shown = g_utf8_strlen (line, -1);
  marks = span.end > span.begin ? span.end - span.begin : 1;
  marks = MAX (1, MIN (marks, shown > before ? shown - before : 1));
  for (guint i = 0; i < marks; i++)
    g_string_append_c (out, mark);
  if (message != NULL)
    {
      g_autofree char *words = text_message_word (message);
      g_string_append_printf (out, " %s", words);
    }
  g_string_append_c (out, '\n');
}

TextDiagnostic *
text_diagnostic_new (TextSeverity severity, const char *code, TextSpan span, TextMessage *message)
{
  TextDiagnostic *diagnostic = g_new0 (TextDiagnostic, 1);

  diagnostic->severity = severity;
  diagnostic->code = g_strdup (code);
  diagnostic->span = span;
  diagnostic->message = message;
  diagnostic->labels = g_ptr_array_new_with_free_func (label_free);
  return diagnostic;
}

void
text_diagnostic_free (TextDiagnostic *diagnostic)
{
  g_free (diagnostic->code);
  text_message_free (diagnostic->message);
  g_clear_pointer (&diagnostic->here, text_message_free);
  g_clear_pointer (&diagnostic->help, text_message_free);
  g_ptr_array_unref (diagnostic->labels);
  g_free (diagnostic);
}

/* Words beside the caret. (transfer full) */
void
text_diagnostic_take_here (TextDiagnostic *diagnostic, TextMessage *here)
{
  g_clear_pointer (&diagnostic->here, text_message_free);
  diagnostic->here = here;
}

/* A further place that belongs to the story. message: (transfer full) */
void
text_diagnostic_add_label (TextDiagnostic *diagnostic, TextSpan span, TextMessage *message)
{
  TextLabel *label = g_new0 (TextLabel, 1);

  label->span = span;
  label->message = message;
  g_ptr_array_add (diagnostic->labels, label);
}

/* What to do about it. (transfer full) */
void
text_diagnostic_take_help (TextDiagnostic *diagnostic, TextMessage *help)
{
  g_clear_pointer (&diagnostic->help, text_message_free);
  diagnostic->help = help;
}

const char *
text_severity_get_name (TextSeverity severity)
{
  switch (severity)
    {
    case TEXT_SEVERITY_ERROR:
      return "error";
    case TEXT_SEVERITY_WARNING:
      return "warning";
    case TEXT_SEVERITY_NOTE:
      return "note";
    case TEXT_SEVERITY_FAULT:
      return "fault";
    case TEXT_SEVERITY_LIMIT:
      return "limit";
    case TEXT_SEVERITY_LEAK:
      return "leak";
    }
  g_assert_not_reached ();
}

/* The text form, ending in a newline. (transfer full) */
char *
text_diagnostic_render (const TextDiagnostic *diagnostic, TextMap *map)
{
  TextPlace place = text_map_place (map, diagnostic->span.begin);
  g_autofree char *sentence = text_message_word (diagnostic->message);
  GString *out = g_string_new (NULL);

  if (place.line != 0)
    g_string_append_printf (out, "%s:%u:%u: ", place.name, place.line, place.column);
  g_string_append_printf (out, "%s[%s]: %s\n", text_severity_get_name (diagnostic->severity),
                          diagnostic->code, sentence);
  append_excerpt (out, map, diagnostic->span, '^', diagnostic->here);
  for (guint i = 0; i < diagnostic->labels->len; i++)
    {
      TextLabel *label = g_ptr_array_index (diagnostic->labels, i);
      append_excerpt (out, map, label->span, '-', label->message);
    }
  if (diagnostic->help != NULL)
    {
      g_autofree char *help = text_message_word (diagnostic->help);
      g_string_append_printf (out, "%s: %s\n", _ ("help"), help);
    }
  return g_string_free (out, FALSE);
}

static void
diagnostic_free (gpointer data)
{
  text_diagnostic_free (data);
}

TextDiagnostics *
text_diagnostics_new (void)
{
  TextDiagnostics *diagnostics = g_new0 (TextDiagnostics, 1);

  diagnostics->list = g_ptr_array_new_with_free_func (diagnostic_free);
  return diagnostics;
}

void
text_diagnostics_free (TextDiagnostics *diagnostics)
{
  g_ptr_array_unref (diagnostics->list);
  g_free (diagnostics);
}

/* diagnostic: (transfer full) */
void
text_diagnostics_take (TextDiagnostics *diagnostics, TextDiagnostic *diagnostic)
{
  if (diagnostic->severity == TEXT_SEVERITY_ERROR)
    diagnostics->n_errors++;
  g_ptr_array_add (diagnostics->list, diagnostic);
}

/* Whether the first error is about a construct that we do not know, rather than about a mistake. */
gboolean
text_diagnostics_are_unsupported (const TextDiagnostics *diagnostics)
{
  for (guint i = 0; i < diagnostics->list->len; i++)
    {
      TextDiagnostic *diagnostic = g_ptr_array_index (diagnostics->list, i);

      if (diagnostic->severity == TEXT_SEVERITY_ERROR)
        return strcmp (diagnostic->code, TEXT_CODE_UNSUPPORTED) == 0;
    }
  return FALSE;
}
