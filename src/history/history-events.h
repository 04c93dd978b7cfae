/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history.h"

G_BEGIN_DECLS

/* The compact list of events: a kind, the steps since the one before and the difference of ids, each as short as it can be. Chunks belong to
 * intervals between keyframes; over a budget only their counts are kept. */

typedef struct _HistoryEvents HistoryEvents;

HistoryEvents *history_events_new (void);
void history_events_free (HistoryEvents *events);
void history_events_begin_chunk (HistoryEvents *events);
void history_events_append (HistoryEvents *events, const MachineEvent *event);
GArray *history_events_list (const HistoryEvents *events, guint32 kinds, guint most);
guint64 history_events_count (const HistoryEvents *events, guint64 *n_bytes);

G_END_DECLS
