/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history-survey.h"
#include "machine/machine.h"

G_BEGIN_DECLS

/* A recorded run, in which every step can be reached: keyframes plus deterministic re-execution.
 *
 * Positions are numbered from 1: the STOPs of the run, then, where the program ended by itself or at a limit, one more for its end. A
 * fault is a STOP of its own, the last one.
 *
 * Keyframes stand evenly, HISTORY_SPACING ticks apart at first; when their number or their bytes reach a limit every second one is
 * dropped and the spacing doubles. A seek re-executes one spacing at most, and one more where it lands within a few steps behind a keyframe;
 * going back step by step re-executes little: see history-cursor.h. Belongs to one thread. */

#define HISTORY_SPACING 500000
#define HISTORY_MAX_KEYFRAMES 256
#define HISTORY_MAX_BYTES (192u << 20)

typedef struct _History History;

/* An event as it is kept. */
typedef struct
{
  guint8 kind;  /* MachineEventKind */
  guint32 id;   /* block, function … */
  guint64 step; /* the step whose doing it is: it shows from the next position on */
} HistoryEvent;

/* Counters for tests and benchmarks. */
typedef struct
{
  guint64 n_keyframes;
  guint64 spacing; /* ticks */
  guint64 kept_bytes;
  guint64 n_events, event_bytes;
  guint64 last_reexecuted; /* ticks of the last seek, with what it spent on going back from there */
  guint64 most_reexecuted; /* … of the worst one since the last reset */
} HistoryCounters;

History *history_new (MachineCode *code, const MachineLeaf *leaves, const MachineLimits *limits,
                      GBytes *input);
void history_free (History *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (History, history_free)

gboolean history_is_waiting (const History *history);
void history_open_input (History *history);
void history_append_input (History *history, const void *bytes, gsize n_bytes);
void history_end_input (History *history);
gboolean history_record (History *history, guint64 n_ticks);
void history_end_recording (History *history);

void history_seek (History *history, guint64 position);
guint64 history_seek_over (History *history, guint64 position);
guint64 history_seek_back_over (History *history, guint64 position);
guint64 history_seek_out (History *history, guint64 position);

Machine *history_get_machine (History *history);
guint64 history_get_position (const History *history);
guint64 history_get_n_positions (const History *history);
const MachineState *history_get_end (const History *history);
HistorySurvey *history_get_survey (History *history);
GArray *history_list_events (History *history, guint32 kinds, guint most);
GArray *history_list_events_between (History *history, guint64 from, guint64 to, guint32 kinds,
                                     guint most);
GArray *history_read_step (History *history, guint64 position);
HistoryCounters history_get_counters (const History *history);
void history_reset_counters (History *history);
const MachineKeyframe *history_get_keyframe (const History *history, guint index);

G_END_DECLS
