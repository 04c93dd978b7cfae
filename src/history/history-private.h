/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history-cursor.h"
#include "history-events.h"
#include "history-surveyor.h"
#include "history.h"

G_BEGIN_DECLS

/* What the files of history share of a history. */

struct _History
{
  Machine *machine;
  GPtrArray *keyframes;  /* of MachineKeyframe, by rising tick; the first is the start */
  HistoryCursor *cursor; /* NULL while recording */
  guint64 spacing;       /* ticks */
  guint64 next_keyframe; /* tick */
  HistoryEvents *events;
  GArray *fresh;             /* of MachineEvent: what the machine has just told */
  HistorySurveyor *surveyor; /* NULL once enough was seen */
  HistorySurvey *survey;
  gboolean is_recording;
  gboolean is_waiting; /* what was recorded last ended for want of input */
  MachineState end;    /* state at the end of the recorded run */
  guint64 last_reexecuted, most_reexecuted;
};

History *history_new_with_budget (MachineCode *code, const MachineLeaf *leaves,
                                  const MachineLimits *limits, GBytes *input, gsize n_event_bytes);

G_END_DECLS
