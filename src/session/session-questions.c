/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Predict, observe, explain: see session-questions.h. A question is open until it is answered rightly, shown or skipped; while it is, it
 * holds whoever wants to go forward. Then the step is played, and what explains it stays to be read. */

#include "session-questions.h"

#include <string.h>

/* After so many misses each further one shows the next hint. */
#define MISSES_BEFORE_HINTS 2

/* What is known of one question, over all runs and recordings of the lesson that is open. */
typedef struct
{
  HwQuestionState state;
  guint n_misses, n_hints;
  char *feedback;
  gint64 seen_at; /* monotonic time at which it was looked at first, 0: never */
} Progress;

struct _SessionQuestions
{
  LessonStore *store;   /* NULL: nothing is kept */
  JudgePlan *plan;      /* NULL: there are none */
  GHashTable *progress; /* of Progress by the question's id */
  char *lesson_id;
  const JudgeAsk *shown;
  const JudgeAsk *played; /* closed just now: its explanation stays for the step that is played */
  guint64 closed_at;      /* the step at which that was */
  guint64 step;
  HwQuestion told;
  char *key_words;
};

static void
progress_free (gpointer data)
{
  Progress *progress = data;

  g_free (progress->feedback);
  g_free (progress);
}

/* (transfer full) */
SessionQuestions *
session_questions_new (void)
{
  SessionQuestions *self = g_new0 (SessionQuestions, 1);

  self->progress = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, progress_free);
  return self;
}

void
session_questions_free (SessionQuestions *self)
{
  g_clear_pointer (&self->plan, judge_plan_unref);
  g_clear_object (&self->store);
  g_hash_table_unref (self->progress);
  g_free (self->key_words);
  g_free (self->lesson_id);
  g_free (self);
}

/* Where answers are kept, and come from. */
void
session_questions_set_store (SessionQuestions *self, LessonStore *store)
{
  g_set_object (&self->store, store);
}

/* ---- progress ---- */

static HwQuestionState
get_kept_state (SessionQuestions *self, const LessonQuestion *question)
{
  const LessonStoreAnswer *kept
      = self->store != NULL ? lesson_store_get_answer (self->store, self->lesson_id, question)
                            : NULL;

  if (kept == NULL || kept->is_changed)
    return HW_QUESTION_OPEN;
  if (kept->was_right)
    return HW_QUESTION_RIGHT;
  return kept->result == LESSON_STORE_SHOWN     ? HW_QUESTION_SHOWN
         : kept->result == LESSON_STORE_SKIPPED ? HW_QUESTION_SKIPPED
                                                : HW_QUESTION_OPEN;
}

static Progress *
get_progress (SessionQuestions *self, const LessonQuestion *question)
{
  Progress *progress = g_hash_table_lookup (self->progress, question->id);

  if (progress != NULL)
    return progress;
  progress = g_new0 (Progress, 1);
  progress->state = get_kept_state (self, question);
  if (self->store != NULL)
    progress->n_hints = lesson_store_get_hints (self->store, self->lesson_id, question->id);
  g_hash_table_insert (self->progress, g_strdup (question->id), progress);
  return progress;
}

/* plan: (nullable), referenced. What is known of the questions stays while the lesson does. */
void
session_questions_set_plan (SessionQuestions *self, JudgePlan *plan)
{
  const char *lesson_id = plan != NULL ? plan->lesson->id : self->lesson_id;

  if (g_strcmp0 (self->lesson_id, lesson_id) != 0)
    g_hash_table_remove_all (self->progress);
  if (self->lesson_id != lesson_id)
    {
      g_free (self->lesson_id);
      self->lesson_id = g_strdup (lesson_id);
    }
  self->shown = self->played = NULL;
  if (plan != NULL)
    judge_plan_ref (plan);
  g_clear_pointer (&self->plan, judge_plan_unref);
  self->plan = plan;
}

static gboolean
is_open (SessionQuestions *self, const JudgeAsk *ask)
{
  return get_progress (self, ask->question)->state == HW_QUESTION_OPEN
         && ask->question->kind != LESSON_QUESTION_NONE;
}

/* ---- which one ---- */

/* At a step: the first that is open, else the last that was closed there. */
static const JudgeAsk *
find_at (SessionQuestions *self, guint64 step)
{
  const JudgeAsk *closed = NULL;

  for (guint i = 0; i < self->plan->asks->len; i++)
    {
      const JudgeAsk *ask = g_ptr_array_index (self->plan->asks, i);

      if (ask->position != step)
        continue;
      if (is_open (self, ask))
        return ask;
      closed = ask;
    }
  return closed;
}

static guint
get_number (const SessionQuestions *self, const JudgeAsk *ask)
{
  guint index = 0;

  g_ptr_array_find (self->plan->asks, ask, &index);
  return index + 1;
}

static void
tell (SessionQuestions *self, const JudgeAsk *ask)
{
  Progress *progress = get_progress (self, ask->question);
  gboolean is_closed = progress->state != HW_QUESTION_OPEN;

  if (progress->seen_at == 0)
    progress->seen_at = g_get_monotonic_time ();
  g_clear_pointer (&self->key_words, g_free);
  if (is_closed)
    self->key_words = judge_dup_key_words (ask->question, &ask->key);
  self->told = (HwQuestion){ .question = ask->question,
                             .prompt = ask->prompt,
                             .state = progress->state,
                             .n_misses = progress->n_misses,
                             .n_hints = progress->n_hints,
                             .feedback = progress->feedback,
                             .explain = is_closed ? ask->explain : NULL,
                             .key = self->key_words,
                             .number = get_number (self, ask),
                             .n_questions = self->plan->asks->len };
}

/* The question that belongs to a step, NULL: none does. Valid until the next call. */
const HwQuestion *
session_questions_look (SessionQuestions *self, guint64 step)
{
  const JudgeAsk *ask = self->plan != NULL ? find_at (self, step) : NULL;

  if (step != self->step && self->played != NULL && step < self->closed_at)
    self->played = NULL;
  /* What explains the step that was played stays until the learner goes on. */
  if (self->played != NULL && step != self->step && self->step != self->closed_at)
    self->played = NULL;
  self->step = step;
  if (ask == NULL)
    ask = self->played;
  self->shown = ask;
  if (ask == NULL)
    return NULL;
  tell (self, ask);
  return &self->told;
}

/* The step at which the next open question holds whoever goes forward from a step; 0: none does. */
guint64
session_questions_get_barrier (SessionQuestions *self, guint64 step)
{
  for (guint i = 0; self->plan != NULL && i < self->plan->asks->len; i++)
    {
      const JudgeAsk *ask = g_ptr_array_index (self->plan->asks, i);

      if (ask->position >= step && is_open (self, ask))
        return ask->position;
    }
  return 0;
}

/* ---- what the learner does ---- */

static void
keep (SessionQuestions *self, const char *const *answer, LessonStoreResult result)
{
  Progress *progress = get_progress (self, self->shown->question);
  double seconds = (g_get_monotonic_time () - progress->seen_at) / (double)G_USEC_PER_SEC;

  if (self->store != NULL)
    lesson_store_answer (self->store, self->lesson_id, self->shown->question, answer, result,
                         seconds);
}

static void
close_shown (SessionQuestions *self, HwQuestionState state)
{
  get_progress (self, self->shown->question)->state = state;
  self->played = self->shown;
  self->closed_at = self->step;
}

/* TRUE: the question is closed, and the step may be played. */
gboolean
session_questions_answer (SessionQuestions *self, const char *const *answer)
{
  Progress *progress;
  char *feedback;

  if (self->shown == NULL || !is_open (self, self->shown))
    return FALSE;
  progress = get_progress (self, self->shown->question);
  switch (judge_answer (self->shown->question, &self->shown->key, answer, &feedback))
    {
    case JUDGE_RIGHT:
    case JUDGE_NOT_MARKED:
      keep (self, answer, LESSON_STORE_RIGHT);
      g_clear_pointer (&progress->feedback, g_free);
      close_shown (self, HW_QUESTION_RIGHT);
      return TRUE;
    case JUDGE_WRONG:
      keep (self, answer, LESSON_STORE_WRONG);
      progress->n_misses++;
      if (progress->n_misses >= MISSES_BEFORE_HINTS)
        session_questions_show_hint (self);
      break;
    case JUDGE_NO_ANSWER:
      break;
    }
  g_free (progress->feedback);
  progress->feedback = feedback;
  return FALSE;
}

/* Shown or skipped. */
void
session_questions_close (SessionQuestions *self, HwQuestionState state)
{
  if (self->shown == NULL || !is_open (self, self->shown))
    return;
  keep (self, NULL, state == HW_QUESTION_SHOWN ? LESSON_STORE_SHOWN : LESSON_STORE_SKIPPED);
  g_clear_pointer (&get_progress (self, self->shown->question)->feedback, g_free);
  close_shown (self, state);
}

void
session_questions_show_hint (SessionQuestions *self)
{
  const LessonQuestion *question;
  Progress *progress;

  if (self->shown == NULL || self->shown->question->hints == NULL)
    return;
  question = self->shown->question;
  progress = get_progress (self, question);
  if (progress->n_hints >= g_strv_length (question->hints))
    return;
  progress->n_hints++;
  if (self->store != NULL)
    lesson_store_set_hints (self->store, self->lesson_id, question->id, progress->n_hints);
}
