/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A lesson and one of its runs: see judge-plan.h. */

#include "judge-plan.h"

#include "judge-text.h"

#include <string.h>

static void
ask_free (gpointer data)
{
  JudgeAsk *ask = data;

  judge_key_clear (&ask->key);
  g_free (ask->prompt);
  g_free (ask->explain);
  g_free (ask);
}

static void
note_free (gpointer data)
{
  JudgeNote *note = data;

  g_free (note->text);
  g_free (note);
}

/* Whether what an anchor says is about the run. A note that names no run speaks of each; a question of the first. */
static gboolean
is_about (const LessonAnchor *anchor, const JudgeRecording *shown, gboolean speaks_of_each)
{
  if (anchor->run == NULL)
    return speaks_of_each;
  return shown->run->id != NULL && strcmp (anchor->run, shown->run->id) == 0;
}

/* What a note says of a line that has run is not true of a line that failed. */
static gboolean
is_of_failed_line (const JudgeRecording *shown, const LessonAnchor *anchor, guint64 position)
{
  return anchor->when == LESSON_WHEN_AFTER && judge_recording_get_end (shown) == LESSON_ENDS_FAULT
         && position == history_get_n_positions (shown->history);
}

static void
add_note (JudgePlan *self, const LessonNote *note, JudgeRecording *shown)
{
  g_autoptr (GArray) positions = NULL;

  if (!is_about (&note->anchor, shown, TRUE))
    return;
  positions = judge_recording_list (shown, &note->anchor);
  for (guint i = 0; i < positions->len; i++)
    {
      guint64 position = g_array_index (positions, guint64, i);
      JudgeNote *placed;

      if (is_of_failed_line (shown, &note->anchor, position))
        continue;
      placed = g_new0 (JudgeNote, 1);
      placed->note = note;
      placed->position = position;
      placed->text = judge_fill_text (note->text, shown, position, NULL);
      g_ptr_array_add (self->notes, placed);
    }
}

static void
add_question (JudgePlan *self, const LessonQuestion *question, JudgeRecording *shown,
              gboolean is_first, JudgeRecord record, gpointer data)
{
  g_autoptr (TextMessage) trouble = NULL;
  guint64 position;
  JudgeAsk *ask;

  if (!is_about (&question->anchor, shown, is_first))
    return;
  position = judge_recording_find (shown, &question->anchor);
  if (position == 0)
    return;
  ask = g_new0 (JudgeAsk, 1);
  ask->question = question;
  ask->position = position;
  judge_find_key (self->lesson, question, record, data, &ask->key, &trouble);
  ask->prompt = judge_fill_text (question->prompt, shown, position, NULL);
  if (question->explain != NULL)
    ask->explain = judge_fill_text (question->explain, shown,
                                    judge_recording_find_explanation (shown, position), NULL);
  g_ptr_array_add (self->asks, ask);
}

/* What stands first in the file stays before what belongs to the same step. */
static gint
compare_asks (gconstpointer a, gconstpointer b)
{
  const JudgeAsk *x = *(JudgeAsk *const *)a, *y = *(JudgeAsk *const *)b;

  if (x->position != y->position)
    return x->position < y->position ? -1 : 1;
  return (x->question->place > y->question->place) - (x->question->place < y->question->place);
}

static gint
compare_notes (gconstpointer a, gconstpointer b)
{
  const JudgeNote *x = *(JudgeNote *const *)a, *y = *(JudgeNote *const *)b;

  if (x->position != y->position)
    return x->position < y->position ? -1 : 1;
  return (x->note->place > y->note->place) - (x->note->place < y->note->place);
}

/* The plan of a run (NULL: the lesson's first); of one that was rejected it is empty. Moves the recordings' histories. (transfer full) */
JudgePlan *
judge_plan_new (Lesson *lesson, const char *run_id, JudgeRecord record, gpointer data)
{
  JudgePlan *self = g_new0 (JudgePlan, 1);
  JudgeRecording *shown = record (run_id, data);
  gboolean is_first = shown != NULL && shown->run == lesson_find_run (lesson, NULL);

  g_atomic_ref_count_init (&self->reference_count);
  self->lesson = lesson_ref (lesson);
  self->asks = g_ptr_array_new_with_free_func (ask_free);
  self->notes = g_ptr_array_new_with_free_func (note_free);
  if (shown == NULL || shown->history == NULL)
    return self;
  for (guint i = 0; i < lesson->notes->len; i++)
    add_note (self, g_ptr_array_index (lesson->notes, i), shown);
  for (guint i = 0; i < lesson->questions->len; i++)
    add_question (self, g_ptr_array_index (lesson->questions, i), shown, is_first, record, data);
  g_ptr_array_sort (self->asks, compare_asks);
  g_ptr_array_sort (self->notes, compare_notes);
  return self;
}

JudgePlan *
judge_plan_ref (JudgePlan *plan)
{
  g_atomic_ref_count_inc (&plan->reference_count);
  return plan;
}

void
judge_plan_unref (JudgePlan *plan)
{
  if (!g_atomic_ref_count_dec (&plan->reference_count))
    return;
  g_ptr_array_unref (plan->asks);
  g_ptr_array_unref (plan->notes);
  lesson_unref (plan->lesson);
  g_free (plan);
}
