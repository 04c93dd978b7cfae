/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hw-session.h"
#include "judge/judge-plan.h"
#include "session-program.h"

G_BEGIN_DECLS

/* The thread on which a session's program is compiled, run, sought in, planned and laid out. It takes requests from a queue and hands answers
 * to the owner's main context; nothing else is shared. */

typedef enum
{
  SESSION_REQUEST_RUN, /* compile and record */
  SESSION_REQUEST_MOVE,
  SESSION_REQUEST_GO_TO,
  SESSION_REQUEST_GO_TO_CHANGE,
  SESSION_REQUEST_GO_TO_BLOCK,
  SESSION_REQUEST_CANVAS,
  SESSION_REQUEST_QUIT,
} SessionRequestKind;

typedef struct
{
  SessionRequestKind kind;
  guint64 serial;
  /* RUN */
  SessionFile *file; /* owned; NULL: as before */
  gboolean keeps_place;
  char *source; /* owned */
  gsize n_source;
  /* MOVE, GO_TO, GO_TO_CHANGE, GO_TO_BLOCK */
  guint64 barrier; /* step of the question that holds who goes forward, 0: none */
  HwMove move;
  guint64 step;
  /* GO_TO_CHANGE */
  guint64 address, n_bytes;
  gboolean forward;
  HwTouch touch;
  /* GO_TO_BLOCK */
  guint32 block; /* id */
  HwBlockMoment block_moment;
  /* CANVAS */
  double width, height, text_scale;
} SessionRequest;

/* What the worker has to say; members that are NULL have not changed. */
typedef struct
{
  guint64 serial;
  HwSessionStatus status;
  SessionProgram *program; /* owned; of the newest compilation */
  HwMoment *moment;        /* owned */
  GArray *marks;           /* owned; of HwMark */
  JudgePlan *judge;        /* owned; with a new recording of a lesson's own program */
  char *note;              /* owned; with a moment */
  guint64 n_steps_so_far;
} SessionAnswer;

void session_answer_free (SessionAnswer *answer);

typedef void (*SessionTakeAnswer) (gpointer owner, SessionAnswer *answer);

typedef struct _SessionWorker SessionWorker;

SessionWorker *session_worker_new (GMainContext *context, SessionTakeAnswer take, gpointer owner);
void session_worker_end (SessionWorker *self);
void session_worker_push (SessionWorker *self, SessionRequest *request);
void session_worker_cancel (SessionWorker *self, guint64 serial);

/* What is done where, for the test that proves it: how often on the worker and how often on any other thread. */
#define SESSION_N_WORKS (HW_WORK_LAY_OUT + 1)

void session_worker_count (SessionWorker *self, HwWork work, guint *n_here, guint *n_elsewhere);

G_END_DECLS
