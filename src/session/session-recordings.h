/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "judge/judge-recording.h"
#include "session-program.h"

G_BEGIN_DECLS

/* The runs of a lesson, compiled and recorded when they are first asked for. */

typedef struct _SessionRecordings SessionRecordings;

SessionRecordings *session_recordings_new (const char *path, Lesson *lesson,
                                           const SessionSettings *defaults);
void session_recordings_free (SessionRecordings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SessionRecordings, session_recordings_free)

void session_recordings_set_stop (SessionRecordings *self, gboolean (*is_stopped) (gpointer data),
                                  gpointer data);
void session_recordings_lend (SessionRecordings *self, const char *run_id, SessionProgram *program,
                              History *history);
JudgeRecording *session_recordings_get (const char *run_id, gpointer recordings);

G_END_DECLS
