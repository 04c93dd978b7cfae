/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/history.h"
#include "lesson/lesson-model.h"

G_BEGIN_DECLS

/* The STOPs of a recorded run as a list, and the anchors of a lesson found in it.
 *
 * An *arrival* at a line is each STOP there but THROW and COLLECT, unless it stands on the line of the same frame's STOP before. *After* an
 * arrival is the first later STOP, or the end, at which no more frames stand. */

typedef struct
{
  guint line;
  guint depth;
  IrStopKind kind;
  gboolean is_arrival;
} JudgeStop;

typedef struct
{
  GArray *stops; /* of JudgeStop; position 1 first */
  gboolean
      is_partial; /* the run has more stops than are listed: what is not found in them may come later */
  guint64 n_positions; /* of the run */
} JudgeStops;

JudgeStops *judge_stops_new (History *history, TextMap *map, guint most);
void judge_stops_free (JudgeStops *stops);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JudgeStops, judge_stops_free)

guint64 judge_stops_find_after (const JudgeStops *stops, guint64 position);
guint64 judge_find_anchor (const JudgeStops *stops, const LessonProgram *program,
                           const LessonAnchor *anchor);

G_END_DECLS
