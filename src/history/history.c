/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recording and seeking: see history.h. */

#include "history-private.h"

/* ---- recording ---- */

/* A history about to record from the start. See machine_new() for the arguments. */
History *
history_new (MachineCode *code, const MachineLeaf *leaves, const MachineLimits *limits,
             GBytes *input)
{
  return history_new_with_budget (code, leaves, limits, input, HISTORY_EVENTS_BYTES);
}

/* The same, with a bound for the details of events, in bytes. */
History *
history_new_with_budget (MachineCode *code, const MachineLeaf *leaves, const MachineLimits *limits,
                         GBytes *input, gsize n_event_bytes)
{
  History *history = g_new0 (History, 1);

  history->machine = machine_new (code, leaves, limits, input);
  history->keyframes = g_ptr_array_new ();
  history->spacing = HISTORY_SPACING;
  history->next_keyframe = HISTORY_SPACING;
  history->events = history_events_new (n_event_bytes);
  history->fresh = g_array_new (FALSE, FALSE, sizeof (MachineEvent));
  history->surveyor = history_surveyor_new ();
  history->is_recording = TRUE;
  history->machine->events = history->fresh;
  history->machine->tells_stores = TRUE;
  g_ptr_array_add (history->keyframes, machine_keyframe_new (history->machine));
  return history;
}

static void
clear_keyframes (History *history, GPtrArray *keyframes)
{
  for (guint i = 0; i < keyframes->len; i++)
    machine_keyframe_free (history->machine, g_ptr_array_index (keyframes, i));
  g_ptr_array_set_size (keyframes, 0);
}

void
history_free (History *history)
{
  g_clear_pointer (&history->cursor, history_cursor_free);
  clear_keyframes (history, history->keyframes);
  g_ptr_array_unref (history->keyframes);
  machine_free (history->machine);
  history_events_free (history->events);
  g_array_unref (history->fresh);
  g_clear_pointer (&history->surveyor, history_surveyor_free);
  g_clear_pointer (&history->survey, history_survey_unref);
  g_free (history);
}

static void
end_survey (History *history)
{
  if (history->surveyor == NULL)
    return;
  history->survey = history_surveyor_end (history->surveyor, history->machine);
  g_clear_pointer (&history->surveyor, history_surveyor_free);
  history->machine->tells_stores = FALSE;
}

/* Packs what the machine has told since the last time. */
static void
drain_events (History *history)
{
  for (guint i = 0; i < history->fresh->len; i++)
    {
      const MachineEvent *event = &g_array_index (history->fresh, MachineEvent, i);

      if (history->surveyor != NULL)
        history_surveyor_take_event (history->surveyor, history->machine, event);
      if (event->kind != MACHINE_EVENT_STORE)
        history_events_append (history->events, event);
    }
  g_array_set_size (history->fresh, 0);
}

/* Every second keyframe goes, the first one stays; what is left stands twice as far apart. */
static void
thin_keyframes (History *history)
{
  GPtrArray *kept = g_ptr_array_new ();

  for (guint i = 0; i < history->keyframes->len; i++)
    {
      MachineKeyframe *keyframe = g_ptr_array_index (history->keyframes, i);

      if (i % 2 == 0)
        g_ptr_array_add (kept, keyframe);
      else
        machine_keyframe_free (history->machine, keyframe);
    }
  g_ptr_array_unref (history->keyframes);
  history->keyframes = kept;
  history->spacing *= 2;
}

static void
add_keyframe (History *history)
{
  g_ptr_array_add (history->keyframes, machine_keyframe_new (history->machine));
  history_events_begin_chunk (history->events, history->machine->state.steps,
                              history->machine->state.ticks);
  while (history->keyframes->len > 2
         && (history->keyframes->len > HISTORY_MAX_KEYFRAMES
             || machine_get_kept_bytes (history->machine) > HISTORY_MAX_BYTES))
    thin_keyframes (history);
  history->next_keyframe = history->machine->state.ticks + history->spacing;
}

/* Step by step while the run is surveyed, in one go afterwards. */
static MachinePause
run_recording (History *history, guint64 until_tick)
{
  Machine *machine = history->machine;

  while (history->surveyor != NULL)
    {
      MachinePause pause = machine_run (machine, machine->state.steps + 1, until_tick);

      drain_events (history);
      if (pause != MACHINE_PAUSED_AT_STEP)
        return pause;
      if (!history_surveyor_look (history->surveyor, machine))
        end_survey (history);
    }
  return machine_run (machine, G_MAXUINT64, until_tick);
}

/* ---- input: see machine_open_input() ---- */

/* Whether the program stands at an instruction that needs more input; the last position is the STOP before it. */
gboolean
history_is_waiting (const History *history)
{
  return history->is_waiting;
}

void
history_open_input (History *history)
{
  machine_open_input (history->machine);
}

/* While recording: re-execution reads the same bytes, since no answer depends on what was not yet known. */
void
history_append_input (History *history, const void *bytes, gsize n_bytes)
{
  g_return_if_fail (history->is_recording);
  machine_append_input (history->machine, bytes, n_bytes);
}

void
history_end_input (History *history)
{
  g_return_if_fail (history->is_recording);
  machine_end_input (history->machine);
}

/* Runs on for about n_ticks, or until the program waits for input. FALSE when the run is over. */
gboolean
history_record (History *history, guint64 n_ticks)
{
  Machine *machine = history->machine;
  guint64 until = machine->state.ticks + n_ticks;
  MachinePause pause = MACHINE_PAUSED_AT_TICK;

  g_return_val_if_fail (history->is_recording, FALSE);
  while (pause == MACHINE_PAUSED_AT_TICK && machine->state.ticks < until)
    {
      pause = run_recording (history, MIN (until, history->next_keyframe));
      drain_events (history);
      if (pause == MACHINE_PAUSED_AT_TICK && machine->state.ticks >= history->next_keyframe)
        add_keyframe (history);
    }
  history->is_waiting = pause == MACHINE_WAITING;
  if (pause != MACHINE_ENDED)
    return TRUE;
  history_end_recording (history);
  return FALSE;
}

/* Ends the recording where it is, over or not: what ran until here is the run. */
void
history_end_recording (History *history)
{
  if (!history->is_recording)
    return;
  drain_events (history);
  /* A fault is no STOP that the surveyor was shown, and frames of library code may stand there for the first time. */
  if (history->surveyor != NULL)
    history_surveyor_look (history->surveyor, history->machine);
  end_survey (history);
  history->is_recording = FALSE;
  history->machine->events = NULL;
  history->end = history->machine->state;
  history->cursor = history_cursor_new (history->machine, history->keyframes);
  history_cursor_settle (history->cursor, history_get_n_positions (history));
}

/* ---- seeking ---- */

/* Runs to the position in one go. */
static void
run_on (History *history, guint64 position)
{
  while (machine_run (history->machine, position, G_MAXUINT64) == MACHINE_PAUSED_AT_TICK)
    ;
}

/* Makes the machine what it was at a position, from 1 to history_get_n_positions(). */
void
history_seek (History *history, guint64 position)
{
  guint64 from = history_get_position (history);

  g_return_if_fail (!history->is_recording);
  position = CLAMP (position, 1, history_get_n_positions (history));
  if (from == position)
    return;
  history->last_reexecuted = history_cursor_seek (history->cursor, from, position);
  history->most_reexecuted = MAX (history->most_reexecuted, history->last_reexecuted);
}

/* The first position behind one at which no more frames stand than at it: past the calls of its line. */
guint64
history_seek_over (History *history, guint64 position)
{
  guint64 n_positions = history_get_n_positions (history);
  guint32 depth;

  history_seek (history, position);
  depth = history->machine->state.depth;
  do
    history_seek (history, ++position);
  while (position < n_positions && history->machine->state.depth > depth);
  return MIN (position, n_positions);
}

/* The last position before one at which no more frames stand. */
guint64
history_seek_back_over (History *history, guint64 position)
{
  guint32 depth;

  history_seek (history, position);
  depth = history->machine->state.depth;
  while (position > 1)
    {
      history_seek (history, --position);
      if (history->machine->state.depth <= depth)
        break;
    }
  return position;
}

/* The EXIT of the running frame, or where it goes when it has none. */
guint64
history_seek_out (History *history, guint64 position)
{
  guint64 n_positions = history_get_n_positions (history);
  guint32 depth;

  history_seek (history, position);
  depth = history->machine->state.depth;
  while (position < n_positions)
    {
      const MachineState *state = &history->machine->state;
      IrStopKind kind;
      TextSpan span;

      history_seek (history, ++position);
      if (state->depth < depth)
        break;
      if (state->depth == depth && state->end == MACHINE_END_NONE
          && machine_get_stop (history->machine, &kind, &span) && kind == IR_STOP_EXIT)
        break;
    }
  return position;
}

/* ---- asking ---- */

/* (transfer none) */
Machine *
history_get_machine (History *history)
{
  return history->machine;
}

/* Where the machine is; a state that is at no STOP counts as behind the last one. */
guint64
history_get_position (const History *history)
{
  const MachineState *state = &history->machine->state;

  if (state->end == MACHINE_END_FAULT || state->arrived)
    return state->steps;
  if (state->end != MACHINE_END_NONE)
    return state->steps + 1;
  return 0;
}

/* STOPs of the run, and its end where that is a position of its own. */
guint64
history_get_n_positions (const History *history)
{
  if (history->end.end == MACHINE_END_FAULT || history->end.end == MACHINE_END_NONE)
    return MAX (history->end.steps, 1);
  return history->end.steps + 1;
}

/* The state at the end of what was recorded. */
const MachineState *
history_get_end (const History *history)
{
  return &history->end;
}

/* (transfer none) (nullable) while recording */
HistorySurvey *
history_get_survey (History *history)
{
  return history->survey;
}

/* The events that recording keeps, and of which it still has details; history_list_events_between() has all. All but calls and returns: there are too many of those, and history_read_step() tells them. kinds: bit
 * set of MachineEventKind. (transfer full) (element-type HistoryEvent) */
GArray *
history_list_events (History *history, guint32 kinds, guint most)
{
  return history_events_list (history->events, kinds, most);
}

/* All events of the step that leads to a position, calls and returns too, by going through it once more. Leaves the history at the
 * position. (transfer full) (element-type MachineEvent) */
GArray *
history_read_step (History *history, guint64 position)
{
  Machine *machine = history->machine;
  GArray *events = g_array_new (FALSE, FALSE, sizeof (MachineEvent));

  if (position > 1)
    history_seek (history, position - 1);
  else
    machine_keyframe_restore (machine, g_ptr_array_index (history->keyframes, 0));
  machine->events = events;
  machine->tells_calls = TRUE;
  /* Straight on: a keyframe inside the step would skip what happened before it. */
  run_on (history, position);
  machine->tells_calls = FALSE;
  machine->events = NULL;
  return events;
}

HistoryCounters
history_get_counters (const History *history)
{
  HistoryCounters counters = { 0 };

  counters.n_keyframes = history->keyframes->len;
  counters.spacing = history->spacing;
  counters.kept_bytes = machine_get_kept_bytes (history->machine);
  counters.n_events = history_events_count (history->events, &counters.event_bytes);
  counters.last_reexecuted = history->last_reexecuted;
  counters.most_reexecuted = history->most_reexecuted;
  return counters;
}

/* What was re-executed until now does not count. */
void
history_reset_counters (History *history)
{
  history->last_reexecuted = 0;
  history->most_reexecuted = 0;
}

/* (transfer none) */
const MachineKeyframe *
history_get_keyframe (const History *history, guint index)
{
  return g_ptr_array_index (history->keyframes, index);
}
