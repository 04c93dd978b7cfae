/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a lesson only its runs can tell: whether anchors are reached (L11), probes find something (L12), and the answers that the
 * author wrote down are the runs' (L13). */

#include "judge-lint.h"

#include "judge-plan.h"
#include "judge-text.h"
#include "lesson/lesson-report.h"

#include <string.h>

/* What a learner can take in. */
#define MAX_STEPS 400
#define MAX_BOXES 12

typedef struct
{
  const Lesson *lesson;
  JudgeRecord record;
  gpointer data;
  TextDiagnostics *diagnostics;
} Lint;

static void
report (Lint *self, const char *code, guint place, const char *member, TextMessage *message)
{
  lesson_report (self->diagnostics, TEXT_SEVERITY_ERROR, code,
                 lesson_get_span (self->lesson, place, member), message, NULL);
}

/* NULL: there is none, or it is of a language or construct that is not known here, which is told once. */
static JudgeRecording *
get_recording (Lint *self, const char *run)
{
  JudgeRecording *recording = self->record (run, self->data);

  return recording != NULL && judge_recording_get_end (recording) != LESSON_ENDS_UNSUPPORTED
             ? recording
             : NULL;
}

/* Frames and live blocks that are drawn at an anchor. */
static void
check_crowd (Lint *self, const LessonAnchor *anchor, const JudgeRecording *recording,
             guint64 position)
{
  const MachineState *state;
  guint64 n;

  history_seek (recording->history, position);
  state = &history_get_machine (recording->history)->state;
  n = state->depth + state->live_blocks;
  if (n > MAX_BOXES)
    lesson_report (self->diagnostics, TEXT_SEVERITY_WARNING, LESSON_CODE_SIZE,
                   lesson_get_span (self->lesson, anchor->place, NULL),
                   text_message_new (TEXT_LESSON_CROWDED, "uu", n, (guint64)MAX_BOXES),
                   text_message_new (TEXT_LESSON_HELP_LONG_RUN, ""));
}

/* The position of an anchor in its run; 0 after a report. *recording: of the run, NULL where there is none. */
static guint64
check_anchor (Lint *self, const LessonAnchor *anchor, JudgeRecording **recording)
{
  guint64 position;

  *recording = get_recording (self, anchor->run);
  if (*recording == NULL)
    return 0;
  position = judge_recording_find (*recording, anchor);
  if (position == 0)
    report (self, LESSON_CODE_REACHED, anchor->place, NULL,
            judge_recording_tell_absence (*recording));
  else
    check_crowd (self, anchor, *recording, position);
  return position;
}

static void
check_text (Lint *self, const char *text, guint place, const char *member,
            const JudgeRecording *recording, guint64 position)
{
  g_autoptr (GPtrArray) troubles = g_ptr_array_new ();

  if (text == NULL)
    return;
  g_free (judge_fill_text (text, recording, position, troubles));
  for (guint i = 0; i < troubles->len; i++)
    report (self, LESSON_CODE_PROBE, place, member, g_ptr_array_index (troubles, i));
}

static void
check_highlight (Lint *self, const char *text, guint place, const JudgeRecording *recording,
                 guint64 position)
{
  TextMessage *trouble = NULL;
  g_autoptr (JudgeProbe) probe = judge_probe_new (text, &trouble);
  g_auto (JudgeValue) value = { JUDGE_VALUE_NOTHING };

  if (probe != NULL)
    judge_recording_ask (recording, position, probe, &value, &trouble);
  /* What has no single value can be pointed at all the same. */
  if (trouble != NULL && text_message_get_id (trouble) == TEXT_PROBE_AGGREGATE)
    g_clear_pointer (&trouble, text_message_free);
  if (trouble != NULL)
    report (self, LESSON_CODE_PROBE, place, "highlight", trouble);
}

static void
check_note (Lint *self, const LessonNote *note)
{
  JudgeRecording *recording;
  guint64 position = check_anchor (self, &note->anchor, &recording);

  if (position == 0)
    return;
  check_text (self, note->text, note->place, "text", recording, position);
  for (guint i = 0; note->highlight != NULL && note->highlight[i] != NULL; i++)
    check_highlight (self, note->highlight[i], note->place, recording, position);
}

/* ---- answers ---- */

static gboolean
is_list_of (JsonNode *node, char **words)
{
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  if (json_array_get_length (array) != g_strv_length (words))
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++)
    if (g_strcmp0 (lesson_node_get_text (json_array_get_element (array, i)), words[i]) != 0)
      return FALSE;
  return TRUE;
}

/* A line is written as its mark or its number. */
static gboolean
is_line (JsonNode *node, const LessonProgram *program, guint line)
{
  const char *mark = lesson_node_get_text (node);

  if (mark != NULL)
    return lesson_find_mark (program, mark) == line;
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_int (node) == line;
}

static gboolean
is_compiling (JsonNode *node, const LessonProgram *program, const JudgeKey *key)
{
  JsonArray *array;

  if (lesson_node_get_text (node) != NULL)
    return strcmp (lesson_node_get_text (node), key->words[0]) == 0 && key->line == 0;
  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) != 2)
    return FALSE;
  array = json_node_get_array (node);
  return g_strcmp0 (lesson_node_get_text (json_array_get_element (array, 0)), key->words[0]) == 0
         && is_line (json_array_get_element (array, 1), program, key->line);
}

static gboolean
is_key (const LessonQuestion *question, const LessonProgram *program, const JudgeKey *key)
{
  switch (question->kind)
    {
    case LESSON_QUESTION_VALUE:
    case LESSON_QUESTION_COUNT:
    case LESSON_QUESTION_OUTPUT:
    case LESSON_QUESTION_POINT_TO:
      return judge_value_is (&key->value, question->answer);
    case LESSON_QUESTION_REGION:
      return is_list_of (question->answer, key->words);
    case LESSON_QUESTION_NEXT_LINE:
      return is_line (question->answer, program, key->line);
    case LESSON_QUESTION_COMPILES:
      return is_compiling (question->answer, program, key);
    case LESSON_QUESTION_FAULT:
      return g_strcmp0 (lesson_node_get_text (question->answer), key->words[0]) == 0;
    /* Here the author's word is the key. */
    case LESSON_QUESTION_CHOOSE:
    case LESSON_QUESTION_WHICH_LINE:
    case LESSON_QUESTION_ORDER:
    case LESSON_QUESTION_EXPLAIN:
    case LESSON_QUESTION_NONE:
      return TRUE;
    }
  g_assert_not_reached ();
}

static void
check_question (Lint *self, const LessonQuestion *question)
{
  g_autofree char *words = NULL;
  TextMessage *trouble = NULL;
  JudgeRecording *recording;
  JudgeKey key = { FALSE };
  guint64 position;

  if (question->kind == LESSON_QUESTION_NONE)
    return;
  recording = get_recording (self, question->anchor.run);
  if (recording == NULL)
    return;
  if (question->kind != LESSON_QUESTION_COMPILES)
    {
      position = check_anchor (self, &question->anchor, &recording);
      if (position == 0)
        return;
      check_text (self, question->prompt, question->place, "prompt", recording, position);
      check_text (self, question->explain, question->place, "explain", recording,
                  judge_recording_find_explanation (recording, position));
    }
  if (!judge_find_key (self->lesson, question, self->record, self->data, &key, &trouble))
    report (self, LESSON_CODE_PROBE, question->place,
            question->probe != NULL || question->probes != NULL ? "probe" : NULL, trouble);
  else if (question->answer != NULL && !is_key (question, recording->program, &key))
    {
      words = judge_dup_key_words (question, &key);
      report (self, LESSON_CODE_ANSWER, question->place, "answer",
              text_message_new (TEXT_LESSON_OTHER_ANSWER, "ss", question->id, words));
    }
  judge_key_clear (&key);
}

/* ---- size ---- */

static void
check_size (Lint *self, const LessonRun *run)
{
  JudgeRecording *recording = self->record (run->id, self->data);
  guint64 n;

  if (recording == NULL)
    return;
  if (judge_recording_get_end (recording) == LESSON_ENDS_UNSUPPORTED)
    {
      const TextDiagnostic *first = g_ptr_array_index (recording->diagnostics->list, 0);
      g_autofree char *words = text_message_word (first->message);

      lesson_report (self->diagnostics, TEXT_SEVERITY_ERROR, TEXT_CODE_UNSUPPORTED,
                     judge_recording_get_span (recording, self->lesson),
                     text_message_new (TEXT_LESSON_UNSUPPORTED, "ss", run->id, words), NULL);
    }
  if (recording->history == NULL)
    return;
  n = history_get_n_positions (recording->history);
  if (n > MAX_STEPS)
    lesson_report (self->diagnostics, TEXT_SEVERITY_WARNING, LESSON_CODE_SIZE,
                   judge_recording_get_span (recording, self->lesson),
                   text_message_new (TEXT_LESSON_LONG_RUN, "suu", run->id, n, (guint64)MAX_STEPS),
                   text_message_new (TEXT_LESSON_HELP_LONG_RUN, ""));
}

/* record: see JudgeRecord. */
void
judge_lint (const Lesson *lesson, JudgeRecord record, gpointer data, TextDiagnostics *diagnostics)
{
  Lint self = { lesson, record, data, diagnostics };

  for (guint i = 0; i < lesson->runs->len; i++)
    check_size (&self, g_ptr_array_index (lesson->runs, i));
  for (guint i = 0; i < lesson->notes->len; i++)
    check_note (&self, g_ptr_array_index (lesson->notes, i));
  for (guint i = 0; i < lesson->questions->len; i++)
    check_question (&self, g_ptr_array_index (lesson->questions, i));
}
