/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hw-session.h"
#include "judge/judge-plan.h"
#include "lesson/lesson-store.h"

G_BEGIN_DECLS

/* The questions of the run that is shown, and how far the learner is with them. Of the thread that made the session. */

typedef struct _SessionQuestions SessionQuestions;

SessionQuestions *session_questions_new (void);
void session_questions_free (SessionQuestions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SessionQuestions, session_questions_free)

void session_questions_set_store (SessionQuestions *self, LessonStore *store);
void session_questions_set_plan (SessionQuestions *self, JudgePlan *plan);
const HwQuestion *session_questions_look (SessionQuestions *self, guint64 step);
guint64 session_questions_get_barrier (SessionQuestions *self, guint64 step);

gboolean session_questions_answer (SessionQuestions *self, const char *const *answer);
void session_questions_close (SessionQuestions *self, HwQuestionState state);
void session_questions_show_hint (SessionQuestions *self);

G_END_DECLS
