/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a lesson's author expects of its runs, held against them (L21). An expectation that names a question is the proof of its key: where
 * it holds, that option, or that line, must be the one that counts as right. */

#include "judge-lint.h"

#include "judge-plan.h"
#include "lesson/lesson-report.h"

#include <math.h>
#include <string.h>

/* States of a longer run are compared at so many places. */
#define MAX_COMPARED 2000

typedef struct
{
  const Lesson *lesson;
  const LessonExpectation *wanted;
  JudgeRecording *recording;
  TextDiagnostics *diagnostics;
} Check;

static void
report (Check *self, const char *member, TextMessage *message)
{
  lesson_report (self->diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_EXPECT,
                 lesson_get_span (self->lesson, self->wanted->place, member), message, NULL);
}

/* The line of the expectation's mark, 0: it names none. */
static guint
find_wanted_line (const Check *self)
{
  return self->wanted->mark != NULL
             ? lesson_find_mark (self->recording->program, self->wanted->mark)
             : 0;
}

static void
check_end (Check *self)
{
  LessonEnds end = judge_recording_get_end (self->recording);

  if (self->wanted->ends != LESSON_ENDS_NONE && self->wanted->ends != end)
    report (self, "ends",
            text_message_new (TEXT_LESSON_OTHER_END, "s",
                              lesson_word_get_name (lesson_words_ENDS, end)));
}

/* The fault's kind, and its line where a mark says it. */
static void
check_fault (Check *self)
{
  guint line, wanted;
  const char *kind;

  if (self->wanted->fault == NULL)
    return;
  kind = judge_recording_get_fault (self->recording, &line);
  wanted = find_wanted_line (self);
  if (strcmp (kind, self->wanted->fault) != 0)
    report (self, "fault", text_message_new (TEXT_LESSON_OTHER_FAULT, "s", kind));
  else if (wanted != 0 && wanted != line)
    report (self, "mark", text_message_new (TEXT_LESSON_OTHER_LINE, "i", (gint64)line));
}

/* An error of the compiler, on the line of a mark where one is named. */
static void
check_error (Check *self)
{
  const TextDiagnostics *found = self->recording->diagnostics;
  guint wanted = find_wanted_line (self);

  if (self->wanted->error == NULL)
    return;
  for (guint i = 0; i < found->list->len; i++)
    {
      const TextDiagnostic *one = g_ptr_array_index (found->list, i);

      if (strcmp (one->code, self->wanted->error) == 0
          && (wanted == 0 || text_map_line (self->recording->map, one->span) == wanted))
        return;
    }
  report (self, "error", text_message_new (TEXT_LESSON_NO_ERROR, "s", self->wanted->error));
}

static void
check_output (Check *self)
{
  g_autofree char *output = NULL;

  if (self->wanted->output == NULL)
    return;
  if (self->recording->history != NULL)
    output = judge_recording_dup_output (self->recording, 0,
                                         history_get_n_positions (self->recording->history));
  if (output == NULL || !judge_texts_agree (output, self->wanted->output))
    report (self, "output",
            text_message_new (TEXT_LESSON_OTHER_OUTPUT, "s", output != NULL ? output : ""));
}

/* ---- probes ---- */

static void
check_value (Check *self, const JudgeValue *value)
{
  double number = NAN;
  gboolean is_number = judge_value_get_number (value, &number);

  if (self->wanted->is != NULL && !judge_value_is (value, self->wanted->is))
    report (self, "is",
            text_message_new (TEXT_LESSON_OTHER_VALUE, "ss", self->wanted->probe, value->text));
  if (!isnan (self->wanted->at_most) && !(is_number && number <= self->wanted->at_most))
    report (self, "atMost",
            text_message_new (TEXT_LESSON_OTHER_VALUE, "ss", self->wanted->probe, value->text));
  if (!isnan (self->wanted->at_least) && !(is_number && number >= self->wanted->at_least))
    report (self, "atLeast",
            text_message_new (TEXT_LESSON_OTHER_VALUE, "ss", self->wanted->probe, value->text));
}

static void
check_probe_at (Check *self, const JudgeProbe *probe, guint64 position)
{
  g_auto (JudgeValue) value = { JUDGE_VALUE_NOTHING };
  TextMessage *trouble = NULL;

  if (judge_recording_ask (self->recording, position, probe, &value, &trouble))
    check_value (self, &value);
  else
    report (self, "probe", trouble);
}

static void
check_probe (Check *self)
{
  TextMessage *trouble = NULL;
  g_autoptr (JudgeProbe) probe = NULL;
  g_autoptr (GArray) positions = NULL;
  LessonAnchor anchor = self->wanted->anchor;

  if (self->wanted->probe == NULL)
    return;
  probe = judge_probe_new (self->wanted->probe, &trouble);
  if (probe == NULL)
    {
      report (self, "probe", trouble);
      return;
    }
  if (anchor.place == LESSON_NO_PLACE)
    anchor.at = LESSON_AT_END;
  if (self->recording->history != NULL)
    positions = judge_recording_list (self->recording, &anchor);
  if (positions == NULL || positions->len == 0)
    report (self, "anchor", judge_recording_tell_absence (self->recording));
  for (guint i = 0; positions != NULL && i < positions->len; i++)
    check_probe_at (self, probe, g_array_index (positions, guint64, i));
}

/* ---- keys ---- */

/* Where the author says that an expectation proves a question's key, the key is what it proves: an option that is correct, or the line of
 * the mark. */
static void
check_key (Check *self, JudgeRecord record, gpointer data)
{
  const LessonExpectation *wanted = self->wanted;
  const LessonQuestion *question;
  const LessonOption *option;
  TextMessage *trouble = NULL;
  JudgeKey key;
  gboolean agrees;

  if (wanted->question == NULL)
    return;
  question = lesson_find_question (self->lesson, wanted->question);
  if (question == NULL)
    {
      report (self, "question", text_message_new (TEXT_LESSON_NO_QUESTION, "s", wanted->question));
      return;
    }
  option = wanted->option != NULL ? lesson_find_option (question, wanted->option) : NULL;
  judge_find_key (self->lesson, question, record, data, &key, &trouble);
  agrees = wanted->option != NULL ? option != NULL && option->correct == TRUE
                                  : key.line != 0 && key.line == find_wanted_line (self);
  if (!agrees)
    report (self, wanted->option != NULL ? "option" : "mark",
            text_message_new (TEXT_LESSON_OTHER_KEY, "ss", wanted->question,
                              wanted->option != NULL ? wanted->option
                              : wanted->mark != NULL ? wanted->mark
                                                     : ""));
  judge_key_clear (&key);
  g_clear_pointer (&trouble, text_message_free);
}

void
judge_check_expectations (const Lesson *lesson, JudgeRecord record, gpointer data,
                          TextDiagnostics *diagnostics)
{
  for (guint i = 0; i < lesson->expect->len; i++)
    {
      const LessonExpectation *wanted = g_ptr_array_index (lesson->expect, i);
      const char *run = wanted->run != NULL ? wanted->run : wanted->anchor.run;
      Check self = { lesson, wanted, record (run, data), diagnostics };

      /* Of a program that is not known here nothing can be said; that is told once. */
      if (self.recording == NULL
          || (judge_recording_get_end (self.recording) == LESSON_ENDS_UNSUPPORTED
              && wanted->ends != LESSON_ENDS_UNSUPPORTED))
        continue;
      check_end (&self);
      check_fault (&self);
      check_error (&self);
      check_output (&self);
      check_probe (&self);
      check_key (&self, record, data);
    }
}

/* ---- both directions ---- */

static gboolean
has_same_states (History *history)
{
  guint64 n = history_get_n_positions (history);
  guint64 stride = n / MAX_COMPARED + 1;
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint64 position = 1; position <= n; position += stride)
    {
      guint64 hash;

      history_seek (history, position);
      hash = machine_hash (history_get_machine (history));
      g_array_append_val (hashes, hash);
    }
  for (guint i = hashes->len; i-- > 0;)
    {
      history_seek (history, 1 + i * stride);
      if (machine_hash (history_get_machine (history)) != g_array_index (hashes, guint64, i))
        return FALSE;
    }
  return TRUE;
}

/* Every run shows the same states forwards and backwards. That it could not is a mistake of ours, and a lesson is where it would hurt. */
void
judge_check_directions (const Lesson *lesson, JudgeRecord record, gpointer data,
                        TextDiagnostics *diagnostics)
{
  for (guint i = 0; i < lesson->runs->len; i++)
    {
      const LessonRun *run = g_ptr_array_index (lesson->runs, i);
      JudgeRecording *recording = record (run->id, data);

      if (recording != NULL && recording->history != NULL && !has_same_states (recording->history))
        lesson_report (diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_EXPECT,
                       judge_recording_get_span (recording, lesson),
                       text_message_new (TEXT_LESSON_OTHER_STATE, "s", run->id), NULL);
    }
}
