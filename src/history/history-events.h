/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history.h"

G_BEGIN_DECLS

/* The compact list of events: a kind, the steps since the one before and the difference of ids, each as short as it can be. Chunks belong to
 * intervals between keyframes, as they stood when the run was recorded; those that go over a budget keep only their counts. */

#define HISTORY_EVENTS_BYTES (16u << 20)

/* Where a chunk begins. */
typedef struct
{
  guint64 first_step;   /* steps by then: its events belong to this step or a later one */
  guint64 begin_tick;   /* ticks by then: re-executed from there, the machine tells them again */
  gboolean has_details; /* FALSE: counts only */
} HistoryChunk;

typedef struct _HistoryEvents HistoryEvents;

HistoryEvents *history_events_new (gsize most_bytes);
void history_events_free (HistoryEvents *events);
void history_events_begin_chunk (HistoryEvents *events, guint64 step, guint64 tick);
void history_events_append (HistoryEvents *events, const MachineEvent *event);
GArray *history_events_list (const HistoryEvents *events, guint32 kinds, guint most);
guint history_events_get_n_chunks (const HistoryEvents *events);
HistoryChunk history_events_get_chunk (const HistoryEvents *events, guint index);
void history_events_list_chunk (const HistoryEvents *events, guint index, guint32 kinds, guint most,
                                GArray *list);
guint64 history_events_count (const HistoryEvents *events, guint64 *n_bytes);

G_END_DECLS
