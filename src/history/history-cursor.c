/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Seeking in a recorded run: see history-cursor.h. */

#include "history-cursor.h"

/* A seek by no more positions than this against the run is a step back: views look one step further back to compare. */
#define MOST_STEPS_BACK 4

/* Kept states by rising tick. */
typedef struct
{
  GPtrArray *states;    /* of MachineKeyframe */
  guint interval;       /* index of the keyframe that it stands behind */
  guint64 gap;          /* ticks */
  gboolean is_complete; /* it reaches the end of its interval */
} Trail;

struct _HistoryCursor
{
  Machine *machine;           /* borrowed */
  const GPtrArray *keyframes; /* of MachineKeyframe; borrowed */
  Trail trail, before, fine;
  gsize base_bytes; /* what the keyframes take */
  guint64 n_ticks;  /* re-executed by this seek */
};

/* machine and keyframes, of which the first is the start, are borrowed. */
HistoryCursor *
history_cursor_new (Machine *machine, const GPtrArray *keyframes)
{
  HistoryCursor *cursor = g_new0 (HistoryCursor, 1);

  cursor->machine = machine;
  cursor->keyframes = keyframes;
  cursor->trail.states = g_ptr_array_new ();
  cursor->before.states = g_ptr_array_new ();
  cursor->fine.states = g_ptr_array_new ();
  cursor->trail.interval = cursor->before.interval = G_MAXUINT;
  cursor->base_bytes = machine_get_kept_bytes (machine);
  return cursor;
}

static void
clear_trail (HistoryCursor *cursor, Trail *trail, guint interval, guint64 gap)
{
  for (guint i = 0; i < trail->states->len; i++)
    machine_keyframe_free (cursor->machine, g_ptr_array_index (trail->states, i));
  g_ptr_array_set_size (trail->states, 0);
  trail->interval = interval;
  trail->gap = gap;
  trail->is_complete = FALSE;
}

void
history_cursor_free (HistoryCursor *cursor)
{
  Trail *trails[] = { &cursor->trail, &cursor->before, &cursor->fine };

  for (guint i = 0; i < G_N_ELEMENTS (trails); i++)
    {
      clear_trail (cursor, trails[i], G_MAXUINT, 0);
      g_ptr_array_unref (trails[i]->states);
    }
  g_free (cursor);
}

/* ---- finding ---- */

/* Whether a state lies at or before a position, so that running on from it leads there. */
gboolean
history_cursor_leads_to (const MachineState *state, guint64 position)
{
  if (state->end != MACHINE_END_NONE)
    return FALSE;
  return state->steps < position || (state->steps == position && state->arrived);
}

static const MachineKeyframe *
get_state (const GPtrArray *states, guint index)
{
  return g_ptr_array_index (states, index);
}

/* How many of the states lead to a position. */
static guint
count_leading (const GPtrArray *states, guint64 position)
{
  guint low = 0, high = states->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (history_cursor_leads_to (&get_state (states, middle)->state, position))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The later one of a state and the last one in a trail that leads to a position. */
static const MachineKeyframe *
choose_later (const MachineKeyframe *best, const Trail *trail, guint64 position)
{
  guint n = count_leading (trail->states, position);

  if (n > 0 && get_state (trail->states, n - 1)->state.ticks >= best->state.ticks)
    return get_state (trail->states, n - 1);
  return best;
}

/* ---- trails ---- */

/* Where the next state of a trail is due. */
static guint64
get_next_tick (const HistoryCursor *cursor, const Trail *trail)
{
  const MachineKeyframe *last = get_state (cursor->keyframes, trail->interval);

  if (trail->states->len > 0)
    last = get_state (trail->states, trail->states->len - 1);
  return last->state.ticks + trail->gap;
}

/* Every second state goes. */
static void
thin_trail (HistoryCursor *cursor, Trail *trail)
{
  guint n_kept = 0;

  for (guint i = 0; i < trail->states->len; i++)
    {
      MachineKeyframe *state = g_ptr_array_index (trail->states, i);

      if (i % 2 == 1)
        trail->states->pdata[n_kept++] = state;
      else
        machine_keyframe_free (cursor->machine, state);
    }
  g_ptr_array_set_size (trail->states, n_kept);
  trail->gap *= 2;
}

static gboolean
is_too_large (const HistoryCursor *cursor)
{
  return machine_get_kept_bytes (cursor->machine) > cursor->base_bytes + HISTORY_CURSOR_BYTES;
}

/* Adds the machine's state. The trail that grows is not the one to suffer: the longer one is. */
static void
append_state (HistoryCursor *cursor, Trail *trail)
{
  g_ptr_array_add (trail->states, machine_keyframe_new (cursor->machine));
  if (trail != &cursor->fine && is_too_large (cursor))
    clear_trail (cursor, &cursor->fine, 0, HISTORY_CURSOR_FINE_GAP);
  while (is_too_large (cursor))
    {
      Trail *longer = cursor->before.states->len > cursor->trail.states->len ? &cursor->before
                                                                             : &cursor->trail;

      if (longer->states->len == 0)
        break;
      thin_trail (cursor, longer);
    }
}

static MachinePause
run_counted (HistoryCursor *cursor, guint64 position, guint64 until_tick)
{
  guint64 begin = cursor->machine->state.ticks;
  MachinePause pause = machine_run (cursor->machine, position, until_tick);

  cursor->n_ticks += cursor->machine->state.ticks - begin;
  return pause;
}

/* Makes the trail of the interval before longer by one gap. The machine's state is lost. */
static void
extend_before (HistoryCursor *cursor)
{
  Trail *before = &cursor->before;
  guint64 end = get_state (cursor->keyframes, before->interval + 1)->state.ticks;
  guint n = before->states->len;
  guint64 next = get_next_tick (cursor, before);

  if (next < end)
    {
      machine_keyframe_restore (cursor->machine,
                                n > 0 ? get_state (before->states, n - 1)
                                      : get_state (cursor->keyframes, before->interval));
      run_counted (cursor, G_MAXUINT64, next);
      next = cursor->machine->state.ticks;
      if (next < end)
        append_state (cursor, before);
    }
  before->is_complete = next >= end;
}

static void
begin_before (HistoryCursor *cursor)
{
  if (cursor->before.interval + 1 != cursor->trail.interval)
    clear_trail (cursor, &cursor->before, cursor->trail.interval - 1, HISTORY_CURSOR_GAP);
}

/* While Back is pressed: one more gap of the interval before, long before the cursor gets there. */
static void
prefetch (HistoryCursor *cursor)
{
  MachineKeyframe *here;

  if (cursor->trail.interval == 0)
    return;
  begin_before (cursor);
  if (cursor->before.is_complete)
    return;
  here = machine_keyframe_new (cursor->machine);
  extend_before (cursor);
  machine_keyframe_restore (cursor->machine, here);
  machine_keyframe_free (cursor->machine, here);
}

/* Whether a position is so near to the beginning of its interval that there would not be time to prefetch the interval before. */
static gboolean
is_near_beginning (const HistoryCursor *cursor, guint64 position)
{
  const MachineState *begin = &get_state (cursor->keyframes, cursor->trail.interval)->state;
  const MachineState *before;

  if (cursor->trail.interval == 0)
    return FALSE;
  before = &get_state (cursor->keyframes, cursor->trail.interval - 1)->state;
  return position - begin->steps <= (begin->ticks - before->ticks) / HISTORY_CURSOR_GAP + 2;
}

/* Makes the whole trail of the interval before if a position needs it. The machine's state is lost then. */
static void
make_before (HistoryCursor *cursor, guint64 position)
{
  if (!is_near_beginning (cursor, position))
    return;
  begin_before (cursor);
  while (!cursor->before.is_complete)
    extend_before (cursor);
}

/* The trail becomes that of the interval that a position is in. */
static void
choose_trail (HistoryCursor *cursor, guint64 position)
{
  guint interval = count_leading (cursor->keyframes, position) - 1;

  if (cursor->trail.interval == interval)
    return;
  clear_trail (cursor, &cursor->fine, 0, HISTORY_CURSOR_FINE_GAP);
  if (cursor->before.interval == interval)
    {
      Trail trail = cursor->trail;

      cursor->trail = cursor->before;
      cursor->before = trail;
      clear_trail (cursor, &cursor->before, G_MAXUINT, HISTORY_CURSOR_GAP);
      return;
    }
  clear_trail (cursor, &cursor->before, G_MAXUINT, HISTORY_CURSOR_GAP);
  clear_trail (cursor, &cursor->trail, interval, HISTORY_CURSOR_GAP);
}

/* ---- seeking ---- */

/* Goes to the last kept state before a position, or stays in the machine's own. */
static void
restore_before (HistoryCursor *cursor, guint64 position)
{
  Machine *machine = cursor->machine;
  const MachineKeyframe *best = get_state (cursor->keyframes, cursor->trail.interval);
  const MachineKeyframe *coarse;

  coarse = best = choose_later (best, &cursor->trail, position);
  best = choose_later (best, &cursor->fine, position);
  if (history_cursor_leads_to (&machine->state, position)
      && machine->state.ticks >= best->state.ticks)
    return;
  /* The fine trail serves one gap. */
  if (best == coarse)
    clear_trail (cursor, &cursor->fine, 0, HISTORY_CURSOR_FINE_GAP);
  machine_keyframe_restore (machine, best);
}

/* Runs to the position and leaves states behind: fine ones only in a gap that the trail has been through already. */
static void
run_to (HistoryCursor *cursor, guint64 position, gboolean is_back)
{
  const MachineState *state = &cursor->machine->state;
  guint64 fine = state->ticks + HISTORY_CURSOR_FINE_GAP;

  for (;;)
    {
      guint64 next = get_next_tick (cursor, &cursor->trail);

      if (state->ticks >= next)
        {
          append_state (cursor, &cursor->trail);
          continue;
        }
      if (is_back && fine < next)
        next = fine;
      if (run_counted (cursor, position, next) != MACHINE_PAUSED_AT_TICK)
        return;
      if (is_back && state->ticks >= fine)
        {
          append_state (cursor, &cursor->fine);
          fine = state->ticks + HISTORY_CURSOR_FINE_GAP;
        }
    }
}

/* Makes the machine, which is at position `from`, what it was at a position of the run. Returns the ticks that were re-executed for it, and
 * for going back from there. */
guint64
history_cursor_seek (HistoryCursor *cursor, guint64 from, guint64 position)
{
  gboolean is_back = position < from && from - position <= MOST_STEPS_BACK;

  cursor->n_ticks = 0;
  choose_trail (cursor, position);
  if (!is_back)
    make_before (cursor, position);
  restore_before (cursor, position);
  run_to (cursor, position, is_back);
  if (is_back)
    prefetch (cursor);
  return cursor->n_ticks;
}

/* Makes ready for going back from the end of the run, where the machine is after recording. Its state stays what it is. */
void
history_cursor_settle (HistoryCursor *cursor, guint64 n_positions)
{
  Machine *machine = cursor->machine;
  guint64 end = machine->state.ticks;
  MachineKeyframe *here = machine_keyframe_new (machine);

  choose_trail (cursor, n_positions);
  make_before (cursor, n_positions);
  machine_keyframe_restore (machine, get_state (cursor->keyframes, cursor->trail.interval));
  while (get_next_tick (cursor, &cursor->trail) < end)
    {
      run_counted (cursor, G_MAXUINT64, get_next_tick (cursor, &cursor->trail));
      if (machine->state.ticks >= end)
        break;
      append_state (cursor, &cursor->trail);
    }
  machine_keyframe_restore (machine, here);
  machine_keyframe_free (machine, here);
}
