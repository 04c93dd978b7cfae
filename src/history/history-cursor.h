/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "machine/machine.h"

G_BEGIN_DECLS

/* Where a recorded run is looked at, and the states kept around that place so that going back from it is quick.
 *
 *     keyframes   K0 ------------ K1 ------------ K2 ------------ K3      of the whole run, one spacing apart
 *     before                      |  .  .  .  .  .|                       of the interval before, made while Back is pressed
 *     trail                                       |  .  .  .  x           of the interval that the cursor x is in
 *     fine                                               |....x           of the last gap of the trail
 *
 * A step back re-executes at most one gap of the trail and makes at most one gap of the trail before; what a step itself takes comes on
 * top. Where states are so large that they would take more than HISTORY_CURSOR_BYTES, gaps grow. */

#define HISTORY_CURSOR_GAP 40000 /* ticks */
#define HISTORY_CURSOR_FINE_GAP 2500
#define HISTORY_CURSOR_BYTES (32u << 20)

typedef struct _HistoryCursor HistoryCursor;

HistoryCursor *history_cursor_new (Machine *machine, const GPtrArray *keyframes);
void history_cursor_free (HistoryCursor *cursor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HistoryCursor, history_cursor_free)

guint64 history_cursor_seek (HistoryCursor *cursor, guint64 from, guint64 position);
void history_cursor_settle (HistoryCursor *cursor, guint64 n_positions);
gboolean history_cursor_leads_to (const MachineState *state, guint64 position);

G_END_DECLS
