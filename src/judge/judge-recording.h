/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/facts.h"
#include "judge-probe.h"
#include "judge-stops.h"
#include "text/text-diagnostic.h"

G_BEGIN_DECLS

/* One run of a lesson as it was compiled and recorded. Who can do that hands them to the judge, which cannot. */

typedef struct
{
  const LessonRun *run;
  const LessonProgram *program;
  History *history;             /* borrowed; NULL: the program was rejected */
  TextMap *map;                 /* of the program (borrowed) */
  TextDiagnostics *diagnostics; /* the compiler's (borrowed) */
  JudgeStops *stops;            /* owned; NULL without a history */
} JudgeRecording;

/* The recording of a run, made at the first time (borrowed); NULL: the lesson has no such run, or it asks for what cannot be done. */
typedef JudgeRecording *(*JudgeRecord) (const char *run_id, gpointer data);

JudgeRecording *judge_recording_new (const Lesson *lesson, const LessonRun *run, History *history,
                                     TextMap *map, TextDiagnostics *diagnostics);
void judge_recording_free (JudgeRecording *recording);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JudgeRecording, judge_recording_free)

guint64 judge_recording_find (const JudgeRecording *recording, const LessonAnchor *anchor);
GArray *judge_recording_list (const JudgeRecording *recording, const LessonAnchor *anchor);
guint64 judge_recording_find_after (const JudgeRecording *recording, guint64 position);
guint64 judge_recording_find_explanation (const JudgeRecording *recording, guint64 position);
gboolean judge_recording_ask (const JudgeRecording *recording, guint64 position,
                              const JudgeProbe *probe, JudgeValue *value, TextMessage **trouble);
guint judge_recording_get_line (const JudgeRecording *recording, guint64 position);
char *judge_recording_dup_output (const JudgeRecording *recording, guint64 from, guint64 to);
TextMessage *judge_recording_tell_absence (const JudgeRecording *recording);
TextSpan judge_recording_get_span (const JudgeRecording *recording, const Lesson *lesson);
LessonEnds judge_recording_get_end (const JudgeRecording *recording);
const char *judge_recording_get_fault (const JudgeRecording *recording, guint *line);

G_END_DECLS
