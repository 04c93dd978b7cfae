/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "facts/facts.h"
#include "lesson/lesson-store.h"
#include "scene/scene.h"
#include "text/text-diagnostic.h"

G_BEGIN_DECLS

/* One program being played: the only door between the core and the views.
 *
 * A session has one worker thread that compiles, runs, seeks, plans and lays out; the calls below return at once and the
 * answer arrives in the main context of the thread that made the session, as a change of properties. The newest request
 * wins: answers to older ones are dropped. */

#define HW_TYPE_SESSION (hw_session_get_type ())
G_DECLARE_FINAL_TYPE (HwSession, hw_session, HW, SESSION, GObject)

typedef enum
{
  HW_SESSION_EMPTY,    /* no program yet */
  HW_SESSION_RUNNING,  /* being compiled and recorded; can be stopped */
  HW_SESSION_READY,    /* recorded; any step can be shown */
  HW_SESSION_REJECTED, /* the compiler found mistakes; the last good recording stays and is old */
  HW_SESSION_UNSUPPORTED, /* the same, for a construct that is not known yet */
} HwSessionStatus;

/* All that the views show of one step. Immutable, reference counted. */
typedef struct
{
  gatomicrefcount reference_count;
  guint64 step;               /* from 1 */
  guint64 n_steps;            /* of the whole run */
  guint line;                 /* about to run, 0: none */
  guint line_before;          /* just run, 0: none */
  TextSpan span, span_before; /* the same as spans of the program's text; begin 0: none */
  Facts *facts;
  Scene *scene;
  char *narration;       /* one sentence about the step just taken */
  char *output;          /* all output until here */
  TextDiagnostic *fault; /* at a fault, else NULL */
} HwMoment;

HwMoment *hw_moment_ref (HwMoment *moment);
void hw_moment_unref (HwMoment *moment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwMoment, hw_moment_unref)

/* A mark on the timeline. */
typedef enum
{
  HW_MARK_ALLOCATE,
  HW_MARK_FREE,
  HW_MARK_PRINT,
  HW_MARK_FAULT,
} HwMarkKind;

typedef struct
{
  HwMarkKind kind;
  guint64 step; /* the step that shows its effect */
} HwMark;

typedef enum
{
  HW_MOVE_STEP,
  HW_MOVE_BACK,
  HW_MOVE_OVER,
  HW_MOVE_BACK_OVER,
  HW_MOVE_OUT,
  HW_MOVE_FIRST,
  HW_MOVE_LAST,
  HW_MOVE_NEXT_EVENT,
  HW_MOVE_PREVIOUS_EVENT,
} HwMove;

HwSession *hw_session_new (void);

/* A lesson (.lesson.json) or a source file (.c). FALSE and an error when it cannot be read at all; what is wrong inside it
 * arrives in `diagnostics`. Starts compiling and running. */
gboolean hw_session_open (HwSession *self, const char *path, GError **error);

/* One way to run a lesson's program. */
typedef struct
{
  char *id;
  char *title; /* as people read it */
} HwRun;

/* Runs the program, as it was edited last, under the settings of the lesson's run of that index; keeps the place in time where
 * it can. FALSE and an error when that run asks for what cannot be done yet: the one before stays. */
gboolean hw_session_choose_run (HwSession *self, guint index, GError **error);

/* What the editor holds now: the next run runs this. */
void hw_session_edit (HwSession *self, const char *source);

/* The lesson's own program in place of the learner's, run at once. The learner's text (transfer full), for who wants it back; NULL: there is
 * none. */
char *hw_session_start_over (HwSession *self);
gboolean hw_session_can_start_over (HwSession *self);

/* Compiles and runs this text instead; keeps the place in time where it can. */
void hw_session_run_again (HwSession *self, const char *source);

/* Ends a run that takes too long; what ran until then is kept and shown. */
void hw_session_stop (HwSession *self);

void hw_session_move (HwSession *self, HwMove move);
void hw_session_go_to (HwSession *self, guint64 step);

/* What is done to bytes: a write may leave what stood there; a change may be the end of a scope, which makes them undefined. */
typedef enum
{
  HW_TOUCH_WRITE,
  HW_TOUCH_CHANGE,
} HwTouch;

/* Goes to the step that touched any of n_bytes from an address last, or that will touch them next: the line that does it is the next to
 * run. Where there is none, or the search is stopped, the moment stays. */
void hw_session_go_to_change (HwSession *self, HwTouch touch, guint64 address, guint64 n_bytes,
                              gboolean forward);

typedef enum
{
  HW_BLOCK_ALLOCATED,
  HW_BLOCK_FREED,
  HW_BLOCK_LOST, /* its last pointer went */
} HwBlockMoment;

/* Goes to the step whose line does that to the block with a key (FactsBlock.key). Where none does, the moment stays. */
void hw_session_go_to_block (HwSession *self, guint32 key, HwBlockMoment moment);

/* How the picture is laid out: pixels at hand and scale of text (1.0 = 100 %). */
void hw_session_set_canvas (HwSession *self, double width, double height, double text_scale);

/* Properties, each notified when it changes. */
HwSessionStatus hw_session_get_status (HwSession *self); /* "status" */
HwMoment *hw_session_get_moment (HwSession *self);       /* "moment" (nullable, borrowed) */
const char *hw_session_get_title (HwSession *self);      /* "title" */
const char *
hw_session_get_source (HwSession *self);        /* "source": the program's text, marks stripped */
GArray *hw_session_get_marks (HwSession *self); /* "marks": of HwMark, by step (borrowed) */
GPtrArray *
hw_session_get_diagnostics (HwSession *self); /* "diagnostics": of TextDiagnostic (borrowed) */
TextMap *
hw_session_get_text_map (HwSession *self); /* for the diagnostics' places (borrowed, nullable) */
guint64 hw_session_get_steps_so_far (HwSession *self); /* "steps-so-far": while running */

/* The ways to run what is open: of HwRun, empty for a source file (borrowed), and the index of the chosen one. "runs", "run" */
GPtrArray *hw_session_get_runs (HwSession *self);
guint hw_session_get_run (HwSession *self);

/* The lesson's note that belongs to the moment shown: CommonMark, NULL for none. "note" */
const char *hw_session_get_note (HwSession *self);

/* ---- questions ---- */

typedef enum
{
  HW_QUESTION_OPEN, /* holds whoever wants to go forward */
  HW_QUESTION_RIGHT,
  HW_QUESTION_SHOWN,
  HW_QUESTION_SKIPPED,
} HwQuestionState;

/* A question as it stands. Texts are CommonMark. */
typedef struct
{
  const LessonQuestion *question;
  const char *prompt;
  HwQuestionState state;
  guint n_misses;
  guint n_hints;        /* of question->hints that are shown */
  const char *feedback; /* to the last answer, NULL: none */
  const char *explain;  /* of a closed one, NULL: the author says nothing */
  const char *key;      /* of a closed one: the answer in words, NULL: there is none */
  guint number, n_questions;
} HwQuestion;

/* The question that belongs to the moment shown; NULL: none. Valid until the property changes. "question" */
const HwQuestion *hw_session_get_question (HwSession *self);

/* The answer to the open question, as judge_answer() wants it. Rightly answered it is closed, and the step is played. */
void hw_session_answer (HwSession *self, const char *const *answer);
void hw_session_show_answer (HwSession *self);
void hw_session_skip_question (HwSession *self);
void hw_session_show_hint (HwSession *self);

/* The step from which an open question hides what comes; 0: nothing is hidden. "horizon" */
guint64 hw_session_get_horizon (HwSession *self);

/* Where answers, edits and places are kept; before anything is opened. */
void hw_session_set_store (HwSession *self, LessonStore *store);

/* Kinds of work that must never keep the main loop busy, counted for the test that proves it. */
typedef enum
{
  HW_WORK_COMPILE,
  HW_WORK_RUN,
  HW_WORK_SEEK,
  HW_WORK_PLAN,
  HW_WORK_LAY_OUT,
} HwWork;

void hw_session_count_work (HwSession *self, HwWork work, guint *n_on_worker, guint *n_elsewhere);

G_END_DECLS
