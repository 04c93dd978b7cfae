/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "judge-recording.h"

G_BEGIN_DECLS

/* A lesson held against one of its recorded runs: where its notes belong, where its questions are asked, and what answers them. Made
 * where the recordings are, with everything that must be run; immutable afterwards, and safe to hand to another thread. */

/* What answers a question. */
typedef struct
{
  gboolean is_known; /* FALSE: the run never gets there, or the probe finds nothing */
  JudgeValue value;  /* VALUE, COUNT, OUTPUT, POINT_TO */
  char **
      words; /* CHOOSE, ORDER: ids of options; REGION: one for each probe; FAULT: the kind; COMPILES: "yes" or "no" */
  guint line; /* NEXT_LINE, WHICH_LINE, COMPILES; 0: none */
} JudgeKey;

typedef struct
{
  const LessonQuestion *question; /* borrowed from the plan's lesson */
  guint64 position;               /* the step at which it is asked */
  JudgeKey key;
  char *prompt, *explain; /* with the values of their {=…}; explain NULL: none */
} JudgeAsk;

typedef struct
{
  const LessonNote *note;
  guint64 position;
  char *text; /* with the values of its {=…} */
} JudgeNote;

typedef struct
{
  gatomicrefcount reference_count;
  Lesson *lesson;
  GPtrArray *asks;  /* of JudgeAsk, by position, then as in the file */
  GPtrArray *notes; /* of JudgeNote, the same */
} JudgePlan;

JudgePlan *judge_plan_new (Lesson *lesson, const char *run_id, JudgeRecord record, gpointer data);
JudgePlan *judge_plan_ref (JudgePlan *plan);
void judge_plan_unref (JudgePlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JudgePlan, judge_plan_unref)

gboolean judge_find_key (const Lesson *lesson, const LessonQuestion *question, JudgeRecord record,
                         gpointer data, JudgeKey *key, TextMessage **trouble);
void judge_key_clear (JudgeKey *key);

typedef enum
{
  JUDGE_RIGHT,
  JUDGE_WRONG,
  JUDGE_NOT_MARKED, /* a sentence of one's own */
  JUDGE_NO_ANSWER, /* nothing chosen, or what was typed is no number: says what is wanted, and is no miss */
} JudgeVerdict;

JudgeVerdict judge_answer (const LessonQuestion *question, const JudgeKey *key,
                           const char *const *answer, char **feedback);
char *judge_dup_key_words (const LessonQuestion *question, const JudgeKey *key);

G_END_DECLS
