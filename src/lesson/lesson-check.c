/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What must hold between the members of a lesson: names lead somewhere, an anchor says one place, a question has what its
 * kind needs. Nothing is run here.
 * Needs a lesson that lesson-build.c has filled and whose programs are prepared. */

#include "lesson-check.h"

#include "lesson-mark.h"
#include "lesson-report.h"

#include <string.h>

typedef struct
{
  const Lesson *lesson;
  TextDiagnostics *diagnostics;
} Check;

static gboolean
has_member (Check *check, guint place, const char *member)
{
  return lesson_places_child (check->lesson->places, place, member) != LESSON_NO_PLACE;
}

/* A name leads nowhere. names: what it could have been, NULL behind the last. message: (transfer full) */
static void
refuse_absent (Check *check, TextSpan span, const char *name, GPtrArray *names,
               TextMessage *message, TextMessage *otherwise)
{
  const char *guess;

  g_ptr_array_add (names, NULL);
  guess = lesson_word_guess ((const char *const *)names->pdata, name);
  if (guess != NULL)
    {
      g_clear_pointer (&otherwise, text_message_free);
      otherwise = text_message_new (TEXT_LESSON_HELP_GUESS, "s", guess);
    }
  lesson_report (check->diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_ABSENT, span, message,
                 otherwise);
}

/* The run of a name (NULL: the first), or NULL after a report. */
static const LessonRun *
check_run (Check *check, guint place, const char *member, const char *name)
{
  const LessonRun *run = lesson_find_run (check->lesson, name);
  g_autoptr (GPtrArray) names = NULL;

  if (run != NULL || name == NULL)
    return run;
  names = g_ptr_array_new ();
  for (guint i = 0; i < check->lesson->runs->len; i++)
    {
      const LessonRun *other = g_ptr_array_index (check->lesson->runs, i);

      if (other->id != NULL)
        g_ptr_array_add (names, other->id);
    }
  refuse_absent (check, lesson_get_span (check->lesson, place, member), name, names,
                 text_message_new (TEXT_LESSON_NO_RUN, "s", name), NULL);
  return NULL;
}

static void
check_program (Check *check, guint place, const char *name)
{
  g_autoptr (GPtrArray) names = NULL;

  if (name == NULL || lesson_find_program (check->lesson, name) != NULL)
    return;
  names = g_ptr_array_new ();
  for (guint i = 0; i < check->lesson->programs->len; i++)
    {
      const LessonProgram *other = g_ptr_array_index (check->lesson->programs, i);

      if (other->id != NULL)
        g_ptr_array_add (names, other->id);
    }
  refuse_absent (check, lesson_get_span (check->lesson, place, "program"), name, names,
                 text_message_new (TEXT_LESSON_NO_PROGRAM, "s", name), NULL);
}

/* Refuses a mark that no line of the run's program carries. run: (nullable), a reference that was refused before. */
static void
check_mark (Check *check, TextSpan span, const char *name, const LessonRun *run)
{
  const LessonProgram *program
      = run != NULL ? lesson_get_program_of_run (check->lesson, run) : NULL;
  g_autoptr (GPtrArray) names = NULL;

  if (name == NULL || program == NULL || program->marks == NULL
      || lesson_find_mark (program, name) > 0)
    return;
  names = g_ptr_array_new ();
  for (guint i = 0; i < program->marks->len; i++)
    g_ptr_array_add (names, ((LessonMark *)g_ptr_array_index (program->marks, i))->name);
  refuse_absent (
      check, span, name, names,
      text_message_new (TEXT_LESSON_NO_MARK, "ss", program->id != NULL ? program->id : "", name),
      text_message_new (TEXT_LESSON_HELP_ADD_MARK, "ss", lesson_mark_get_sign (program->language),
                        name));
}

/* Checks an anchor, if it is in the file. Returns its run. */
static const LessonRun *
check_anchor (Check *check, const LessonAnchor *anchor)
{
  static const char *const ways[] = { "mark", "line", "event", "at" };
  const LessonRun *run;
  guint n_ways = 0;

  if (anchor->place == LESSON_NO_PLACE)
    return lesson_find_run (check->lesson, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (has_member (check, anchor->place, ways[i]))
      n_ways++;
  if (has_member (check, anchor->place, "line") && !has_member (check, anchor->place, "text"))
    n_ways = 0;
  if (n_ways != 1)
    lesson_report (
        check->diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_MISSING,
        lesson_get_span (check->lesson, anchor->place, NULL),
        text_message_new (n_ways == 0 ? TEXT_LESSON_NO_ANCHOR : TEXT_LESSON_TWO_ANCHORS, ""), NULL);
  run = check_run (check, anchor->place, "run", anchor->run);
  check_mark (check, lesson_get_span (check->lesson, anchor->place, "mark"), anchor->mark, run);
  return run;
}

/* Item i of a node, NULL when it is no list or has no such item. */
static JsonNode *
get_item (JsonNode *node, guint i)
{
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node)
      || i >= json_array_get_length (json_node_get_array (node)))
    return NULL;
  return json_array_get_element (json_node_get_array (node), i);
}

/* What a kind of question or check cannot do without. */
typedef struct
{
  guint kind;
  const char *member;
} Need;

/* clang-format off */
static const Need question_needs[] = {
  { LESSON_QUESTION_CHOOSE, "options" },
  { LESSON_QUESTION_VALUE, "probe" },
  { LESSON_QUESTION_COUNT, "probe" },
  { LESSON_QUESTION_POINT_TO, "probe" },
  { LESSON_QUESTION_REGION, "probes" },
  { LESSON_QUESTION_WHICH_LINE, "answer" },
  { LESSON_QUESTION_COMPILES, "answer" },
  { LESSON_QUESTION_FAULT, "answer" },
  { LESSON_QUESTION_ORDER, "options" },
  { LESSON_QUESTION_ORDER, "answer" },
};

static const Need check_needs[] = {
  { LESSON_CHECK_OUTPUT, "is" },
  { LESSON_CHECK_PROBE, "probe" },
  { LESSON_CHECK_CONTAINS, "text" },
  { LESSON_CHECK_LACKS, "text" },
};
/* clang-format on */

static void
check_needed (Check *check, const Need *needs, guint n_needs, guint kind, guint place)
{
  for (guint i = 0; i < n_needs; i++)
    if (needs[i].kind == kind && !has_member (check, place, needs[i].member))
      lesson_report (check->diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_MISSING,
                     lesson_get_span (check->lesson, place, NULL),
                     text_message_new (TEXT_LESSON_MISSING_MEMBER, "s", needs[i].member), NULL);
}

static void
check_options (Check *check, const LessonQuestion *question)
{
  for (guint i = 0; i < question->options->len; i++)
    if (((LessonOption *)g_ptr_array_index (question->options, i))->correct)
      return;
  if (question->options->len > 0)
    lesson_report (check->diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_OPTIONS,
                   lesson_get_span (check->lesson, question->place, "options"),
                   text_message_new (TEXT_LESSON_NO_CORRECT, ""),
                   text_message_new (TEXT_LESSON_HELP_CORRECT, ""));
}

/* Answers that name marks: a line to click, or ["no", the line that is wrong]. */
static void
check_question (Check *check, const LessonQuestion *question)
{
  const LessonRun *run = check_anchor (check, &question->anchor);
  TextSpan span = lesson_get_span (check->lesson, question->place, "answer");

  check_anchor (check, &question->answer_at);
  check_needed (check, question_needs, G_N_ELEMENTS (question_needs), question->kind,
                question->place);
  if (question->kind == LESSON_QUESTION_CHOOSE)
    check_options (check, question);
  if (question->kind == LESSON_QUESTION_WHICH_LINE)
    check_mark (check, span, lesson_node_get_text (question->answer), run);
  else if (question->kind == LESSON_QUESTION_COMPILES)
    check_mark (check, span, lesson_node_get_text (get_item (question->answer, 1)), run);
}

static void
check_challenge (Check *check, const LessonChallenge *challenge)
{
  const LessonRun *run = check_run (check, challenge->place, "run", challenge->run);
  TextSpan span = lesson_get_span (check->lesson, challenge->place, "editable");

  check_program (check, challenge->place, challenge->program);
  for (guint i = 0; get_item (challenge->editable, i) != NULL; i++)
    check_mark (check, span, lesson_node_get_text (get_item (challenge->editable, i)), run);
  for (guint i = 0; i < challenge->checks->len; i++)
    {
      const LessonCheck *item = g_ptr_array_index (challenge->checks, i);

      check_run (check, item->place, "run", item->run);
      check_anchor (check, &item->anchor);
      check_needed (check, check_needs, G_N_ELEMENTS (check_needs), item->check, item->place);
    }
}

static void
check_expectation (Check *check, const LessonExpectation *expectation)
{
  const LessonRun *run = check_run (check, expectation->place, "run", expectation->run);

  if (expectation->ends == LESSON_ENDS_NONE && expectation->probe == NULL
      && expectation->output == NULL && expectation->real == NULL && !check->lesson->is_newer)
    lesson_report (check->diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_MISSING,
                   lesson_get_span (check->lesson, expectation->place, NULL),
                   text_message_new (TEXT_LESSON_NO_CLAIM, ""), NULL);
  check_anchor (check, &expectation->anchor);
  check_mark (check, lesson_get_span (check->lesson, expectation->place, "mark"), expectation->mark,
              run);
}

/* Reports names that lead nowhere (L07), anchors that say no place or two, questions, checks and expectations that lack what
 * their kind needs (L03), and options none of which is correct (L14). */
void
lesson_check (const Lesson *lesson, TextDiagnostics *diagnostics)
{
  Check check = { lesson, diagnostics };

  for (guint i = 0; i < lesson->runs->len; i++)
    {
      const LessonRun *run = g_ptr_array_index (lesson->runs, i);

      check_program (&check, run->place, run->program);
      check_run (&check, run->place, "beside", run->beside);
    }
  for (guint i = 0; i < lesson->notes->len; i++)
    check_anchor (&check, &((LessonNote *)g_ptr_array_index (lesson->notes, i))->anchor);
  for (guint i = 0; i < lesson->questions->len; i++)
    check_question (&check, g_ptr_array_index (lesson->questions, i));
  for (guint i = 0; i < lesson->challenges->len; i++)
    check_challenge (&check, g_ptr_array_index (lesson->challenges, i));
  for (guint i = 0; i < lesson->expect->len; i++)
    check_expectation (&check, g_ptr_array_index (lesson->expect, i));
}
