/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is not wrong with a lesson and still not good: marks that nobody uses (L08), guards that do not match (L10, an error), options that are
 * equal (L14, an error) or have no reason (L15), length (L22), its card (L23), words for colours and sides (L25). Nothing is run here. */

#include "lesson-lint.h"

#include "lesson-report.h"

#include <string.h>

#define MAX_LINES 40
#define MAX_NOTE 300 /* characters */

typedef struct
{
  const Lesson *lesson;
  TextDiagnostics *diagnostics;
  GHashTable *used; /* of marks that something refers to, "program mark" */
} Lint;

static void
report (Lint *self, TextSeverity severity, const char *code, TextSpan span, TextMessage *message,
        TextMessage *help)
{
  lesson_report (self->diagnostics, severity, code, span, message, help);
}

static TextSpan
get_span (Lint *self, guint place, const char *member)
{
  return lesson_get_span (self->lesson, place, member);
}

/* ---- marks ---- */

static void
use_mark (Lint *self, const char *run, const char *mark)
{
  const LessonRun *of = lesson_find_run (self->lesson, run);

  if (mark != NULL && of != NULL)
    g_hash_table_add (
        self->used,
        g_strdup_printf ("%s %s", lesson_get_program_of_run (self->lesson, of)->id, mark));
}

static void
use_marks_of (Lint *self, const char *run, JsonNode *node)
{
  JsonArray *array;

  if (node == NULL)
    return;
  use_mark (self, run, lesson_node_get_text (node));
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    use_marks_of (self, run, json_array_get_element (array, i));
}

static gboolean
stands_on (const LessonProgram *program, gint64 line, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (program->text, "\n", -1);

  return line >= 1 && (guint64)line <= g_strv_length (lines)
         && strstr (lines[line - 1], text) != NULL;
}

/* The nearest line on which the text stands, 0: none. */
static guint
find_nearest (const LessonProgram *program, gint64 line, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (program->text, "\n", -1);
  guint best = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], text) != NULL
        && (best == 0 || ABS (line - (gint64)i - 1) < ABS (line - (gint64)best)))
      best = i + 1;
  return best;
}

static void
lint_anchor (Lint *self, const LessonAnchor *anchor)
{
  const LessonRun *run = lesson_find_run (self->lesson, anchor->run);
  const LessonProgram *program;
  guint nearest;

  if (run == NULL)
    return;
  use_mark (self, anchor->run, anchor->mark);
  program = lesson_get_program_of_run (self->lesson, run);
  if (anchor->line < 1 || anchor->text == NULL || program == NULL
      || stands_on (program, anchor->line, anchor->text))
    return;
  nearest = find_nearest (program, anchor->line, anchor->text);
  report (self, TEXT_SEVERITY_ERROR, LESSON_CODE_GUARD, get_span (self, anchor->place, "text"),
          text_message_new (TEXT_LESSON_OTHER_TEXT, "si", anchor->text, anchor->line),
          nearest > 0 ? text_message_new (TEXT_LESSON_HELP_LINE, "u", (guint64)nearest) : NULL);
}

static void
lint_unused_marks (Lint *self)
{
  for (guint i = 0; i < self->lesson->programs->len; i++)
    {
      const LessonProgram *program = g_ptr_array_index (self->lesson->programs, i);

      for (guint j = 0; j < program->marks->len; j++)
        {
          const LessonMark *mark = g_ptr_array_index (program->marks, j);
          g_autofree char *key = g_strdup_printf ("%s %s", program->id, mark->name);

          if (!g_hash_table_contains (self->used, key))
            report (self, TEXT_SEVERITY_NOTE, LESSON_CODE_UNUSED_MARK, mark->span,
                    text_message_new (TEXT_LESSON_UNUSED_MARK, "s", mark->name),
                    text_message_new (TEXT_LESSON_HELP_UNUSED_MARK, ""));
        }
    }
}

/* ---- words ---- */

/* Words that mean nothing to who does not see the picture as its author did. */
static const char *const looks[]
    = { "red",          "green",      "blue",          "yellow",      "orange",       "grey",
        "gray",         "purple",     "amber",         "on the left", "on the right", "to the left",
        "to the right", "at the top", "at the bottom", "left-hand",   "right-hand" };

static gboolean
is_word_at (const char *text, const char *at, gsize n)
{
  return (at == text || !g_ascii_isalpha (at[-1])) && !g_ascii_isalpha (at[n]);
}

/* The word of a list that stands in a text outside of code; NULL: none. */
static const char *
find_look (const char *text)
{
  g_autoptr (GString) prose = g_string_new (NULL);
  g_autofree char *small = NULL;
  gboolean is_code = FALSE;

  for (const char *at = text; *at != '\0'; at++)
    {
      is_code ^= *at == '`';
      g_string_append_c (prose, is_code ? '`' : *at);
    }
  small = g_ascii_strdown (prose->str, -1);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    for (const char *at = strstr (small, looks[i]); at != NULL; at = strstr (at + 1, looks[i]))
      if (is_word_at (small, at, strlen (looks[i])))
        return looks[i];
  return NULL;
}

static void
lint_text (Lint *self, const char *text, guint place, const char *member)
{
  const char *look = text != NULL ? find_look (text) : NULL;

  if (look != NULL)
    report (self, TEXT_SEVERITY_WARNING, LESSON_CODE_LOOKS, get_span (self, place, member),
            text_message_new (TEXT_LESSON_LOOKS, "s", look),
            text_message_new (TEXT_LESSON_HELP_LOOKS, ""));
}

/* ---- notes and questions ---- */

static void
lint_note (Lint *self, const LessonNote *note)
{
  lint_anchor (self, &note->anchor);
  lint_text (self, note->text, note->place, "text");
  if (g_utf8_strlen (note->text, -1) > MAX_NOTE)
    report (self, TEXT_SEVERITY_WARNING, LESSON_CODE_SIZE, get_span (self, note->place, "text"),
            text_message_new (TEXT_LESSON_LONG_NOTE, "ii", (gint64)g_utf8_strlen (note->text, -1),
                              (gint64)MAX_NOTE),
            text_message_new (TEXT_LESSON_HELP_LONG_NOTE, ""));
}

static void
lint_options (Lint *self, const LessonQuestion *question)
{
  if (question->options->len < 2)
    report (self, TEXT_SEVERITY_ERROR, LESSON_CODE_OPTIONS,
            get_span (self, question->place, "options"),
            text_message_new (TEXT_LESSON_ONE_OPTION, ""), NULL);
  for (guint i = 0; i < question->options->len; i++)
    {
      const LessonOption *option = g_ptr_array_index (question->options, i);

      lint_text (self, option->text, option->place, "text");
      lint_text (self, option->feedback, option->place, "feedback");
      for (guint j = 0; j < i; j++)
        {
          const LessonOption *other = g_ptr_array_index (question->options, j);

          if (strcmp (other->text, option->text) == 0)
            report (self, TEXT_SEVERITY_ERROR, LESSON_CODE_OPTIONS,
                    get_span (self, option->place, "text"),
                    text_message_new (TEXT_LESSON_EQUAL_OPTIONS, ""), NULL);
        }
      if (question->kind == LESSON_QUESTION_CHOOSE && !option->correct && option->feedback == NULL
          && option->misconception == NULL)
        report (self, TEXT_SEVERITY_NOTE, LESSON_CODE_FEEDBACK,
                get_span (self, option->place, "id"),
                text_message_new (TEXT_LESSON_NO_FEEDBACK, "s", option->id),
                text_message_new (TEXT_LESSON_HELP_FEEDBACK, ""));
    }
}

static void
lint_question (Lint *self, const LessonQuestion *question)
{
  lint_anchor (self, &question->anchor);
  lint_anchor (self, &question->answer_at);
  lint_text (self, question->prompt, question->place, "prompt");
  lint_text (self, question->explain, question->place, "explain");
  if (question->kind == LESSON_QUESTION_CHOOSE || question->kind == LESSON_QUESTION_ORDER)
    lint_options (self, question);
  else
    use_marks_of (self, question->anchor.run, question->answer);
}

/* ---- the whole ---- */

static void
lint_programs (Lint *self)
{
  for (guint i = 0; i < self->lesson->programs->len; i++)
    {
      const LessonProgram *program = g_ptr_array_index (self->lesson->programs, i);
      g_autofree char *text = g_strchomp (g_strdup (program->text));
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
      guint n = g_strv_length (lines);

      if (n > MAX_LINES)
        report (self, TEXT_SEVERITY_WARNING, LESSON_CODE_SIZE,
                get_span (self, program->place, "source"),
                text_message_new (TEXT_LESSON_LONG_PROGRAM, "ii", (gint64)n, (gint64)MAX_LINES),
                text_message_new (TEXT_LESSON_HELP_LONG_PROGRAM, ""));
    }
}

/* The shape of an SPDX licence expression; which licences there are, others know. */
static gboolean
is_licence (const char *text)
{
  static const char allowed[] = "+-.() ";
  gboolean has_digit = FALSE;

  for (const char *at = text; *at != '\0'; at++)
    {
      has_digit |= g_ascii_isdigit (*at);
      if (!g_ascii_isalnum (*at) && strchr (allowed, *at) == NULL)
        return FALSE;
    }
  return has_digit || strcmp (text, "MIT") == 0 || strcmp (text, "ISC") == 0
         || g_str_has_prefix (text, "LicenseRef-");
}

static void
lint_card (Lint *self)
{
  const Lesson *lesson = self->lesson;
  TextSpan start = lesson_places_get_start (lesson->places, LESSON_PLACE_ROOT);

  if (!is_licence (lesson->license))
    report (self, TEXT_SEVERITY_WARNING, LESSON_CODE_CARD,
            get_span (self, LESSON_PLACE_ROOT, "license"),
            text_message_new (TEXT_LESSON_NO_LICENCE, "s", lesson->license),
            text_message_new (TEXT_LESSON_HELP_LICENCE, ""));
  if (lesson->authors->len == 0)
    report (self, TEXT_SEVERITY_WARNING, LESSON_CODE_CARD, start,
            text_message_new (TEXT_LESSON_CARD_LACKS, "s", "authors"), NULL);
  if (lesson->objectives == NULL)
    report (self, TEXT_SEVERITY_WARNING, LESSON_CODE_CARD, start,
            text_message_new (TEXT_LESSON_CARD_LACKS, "s", "objectives"), NULL);
  if (lesson->minutes == LESSON_NOT_GIVEN)
    report (self, TEXT_SEVERITY_WARNING, LESSON_CODE_CARD, start,
            text_message_new (TEXT_LESSON_CARD_LACKS, "s", "minutes"), NULL);
}

static void
lint_uses (Lint *self)
{
  const Lesson *lesson = self->lesson;

  for (guint i = 0; i < lesson->challenges->len; i++)
    {
      const LessonChallenge *challenge = g_ptr_array_index (lesson->challenges, i);

      use_marks_of (self, challenge->run, challenge->editable);
      lint_text (self, challenge->task, challenge->place, "task");
      for (guint j = 0; j < challenge->checks->len; j++)
        lint_anchor (self, &((LessonCheck *)g_ptr_array_index (challenge->checks, j))->anchor);
    }
  for (guint i = 0; i < lesson->expect->len; i++)
    {
      const LessonExpectation *expectation = g_ptr_array_index (lesson->expect, i);

      lint_anchor (self, &expectation->anchor);
      use_mark (self, expectation->run, expectation->mark);
    }
}

/* Needs a lesson that was read without an error. */
void
lesson_lint (const Lesson *lesson, TextDiagnostics *diagnostics)
{
  g_autoptr (GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Lint self = { lesson, diagnostics, used };

  lint_card (&self);
  lint_text (&self, lesson->introduction, LESSON_PLACE_ROOT, "introduction");
  lint_text (&self, lesson->conclusion, LESSON_PLACE_ROOT, "conclusion");
  lint_programs (&self);
  for (guint i = 0; i < lesson->notes->len; i++)
    lint_note (&self, g_ptr_array_index (lesson->notes, i));
  for (guint i = 0; i < lesson->questions->len; i++)
    lint_question (&self, g_ptr_array_index (lesson->questions, i));
  lint_uses (&self);
  lint_unused_marks (&self);
}
