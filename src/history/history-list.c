/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Events of any part of the run: those that were kept are unpacked, the others are told once more by re-executing their intervals. */

#include "history-private.h"

/* Ticks between two looks at what was told: bounds the list of raw events. */
#define SLICE 100000

/* Kinds that recording does not keep: there are too many of them. */
#define KINDS_UNKEPT                                                                               \
  (1u << MACHINE_EVENT_CALL | 1u << MACHINE_EVENT_RETURN | 1u << MACHINE_EVENT_BORROW              \
   | 1u << MACHINE_EVENT_STORE)

/* What is asked for, and what was found. */
typedef struct
{
  guint64 from_step, to_step; /* both included */
  guint32 kinds;
  guint most;
  GArray *list;    /* of HistoryEvent */
  guint64 at_tick; /* where the machine has paused for it; G_MAXUINT64: nowhere yet */
} Query;

static gboolean
is_wanted (const Query *query, guint8 kind, guint64 step)
{
  return (query->kinds & 1u << kind) != 0 && step >= query->from_step && step <= query->to_step;
}

/* ---- what was kept ---- */

static void
list_kept (History *history, Query *query, guint chunk)
{
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (HistoryEvent));

  history_events_list_chunk (history->events, chunk, query->kinds, G_MAXUINT, kept);
  for (guint i = 0; i < kept->len && query->list->len < query->most; i++)
    {
      const HistoryEvent *event = &g_array_index (kept, HistoryEvent, i);

      if (is_wanted (query, event->kind, event->step))
        g_array_append_val (query->list, *event);
    }
}

/* ---- what is told once more ---- */

/* Makes the machine what it was when the chunk began. A pause at a tick depends on the tick only, so running there from a keyframe that
 * stands before leads to the same state. */
static void
go_to_tick (History *history, guint64 tick)
{
  Machine *machine = history->machine;
  guint low = 0, high = history->keyframes->len;

  while (low + 1 < high)
    {
      guint middle = (low + high) / 2;

      if (history_get_keyframe (history, middle)->state.ticks <= tick)
        low = middle;
      else
        high = middle;
    }
  machine_keyframe_restore (machine, history_get_keyframe (history, low));
  while (machine->state.ticks < tick
         && machine_run (machine, G_MAXUINT64, tick) == MACHINE_PAUSED_AT_STEP)
    ;
}

static void
take_told (Query *query, GArray *told)
{
  for (guint i = 0; i < told->len && query->list->len < query->most; i++)
    {
      const MachineEvent *event = &g_array_index (told, MachineEvent, i);
      HistoryEvent kept = { event->kind, event->id, event->step };

      if (is_wanted (query, event->kind, event->step))
        g_array_append_val (query->list, kept);
    }
  g_array_set_size (told, 0);
}

static void
list_again (History *history, Query *query, guint64 begin, guint64 end)
{
  Machine *machine = history->machine;
  MachinePause pause = MACHINE_PAUSED_AT_TICK;

  if (query->at_tick != begin)
    go_to_tick (history, begin);
  machine->events = history->fresh;
  machine->tells_calls = TRUE;
  machine->tells_borrows = (query->kinds & 1u << MACHINE_EVENT_BORROW) != 0;
  while (pause == MACHINE_PAUSED_AT_TICK && machine->state.ticks < end
         && machine->state.steps <= query->to_step && query->list->len < query->most)
    {
      pause = machine_run (machine, G_MAXUINT64, MIN (end, machine->state.ticks + SLICE));
      take_told (query, history->fresh);
    }
  query->at_tick = machine->state.ticks;
  machine->tells_borrows = FALSE;
  machine->tells_calls = FALSE;
  machine->events = NULL;
}

static void
list_chunks (History *history, Query *query)
{
  guint n_chunks = history_events_get_n_chunks (history->events);

  for (guint i = 0; i < n_chunks && query->list->len < query->most; i++)
    {
      HistoryChunk chunk = history_events_get_chunk (history->events, i);
      HistoryChunk next = { history->end.steps, history->end.ticks, FALSE };

      if (i + 1 < n_chunks)
        next = history_events_get_chunk (history->events, i + 1);
      else if (history->end.end != MACHINE_END_NONE || history->is_waiting)
        next.begin_tick = G_MAXUINT64; /* what the last instruction did belongs to it */
      if (next.first_step < query->from_step || chunk.first_step > query->to_step)
        continue;
      if (chunk.has_details && (query->kinds & KINDS_UNKEPT) == 0)
        list_kept (history, query, i);
      else
        list_again (history, query, chunk.begin_tick, next.begin_tick);
    }
}

/* The first `most` events of the kinds in a bit set (all but STORE), in the steps that lead to the positions from..to, both included. Runs
 * through intervals whose details were not kept, and through all of them for calls, returns and borrows. The history stays where it is.
 * (transfer full) (element-type HistoryEvent) */
GArray *
history_list_events_between (History *history, guint64 from, guint64 to, guint32 kinds, guint most)
{
  MachineKeyframe *here;
  Query query
      = { MAX (from, 1) - 1, MAX (to, 1) - 1, kinds & ~(1u << MACHINE_EVENT_STORE), most, NULL,
          G_MAXUINT64 };

  g_return_val_if_fail (!history->is_recording, NULL);
  query.list = g_array_new (FALSE, FALSE, sizeof (HistoryEvent));
  here = machine_keyframe_new (history->machine);
  list_chunks (history, &query);
  machine_keyframe_restore (history->machine, here);
  machine_keyframe_free (history->machine, here);
  return query.list;
}
