/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rings in a counted heap, found as CPython 3.11's gc_collect_main does (Modules/gcmodule.c; the idea is Christopher's, "Reference count garbage
 * collection", 1984): of all objects of a generation and the younger ones, take off each count what comes from inside; what has some left is
 * held from outside, and so is all that it leads to. Weak references to the rest are emptied, finalisers run, whatever one of them has
 * brought back lives on, and what is left lets go of its children.
 *
 * Tracked objects stand in the list of their generation, in the order in which CPython's linked lists have them; one that died by
 * its count is passed over. */

#include "strategy-state.h"

#include <string.h>

static const guint32 thresholds[] = { 700, 10, 10 };

/* ---- generations ---- */

/* A new object that can be part of a ring. counts: it brings the next collection nearer. */
void
strategy_track (Strategy *self, guint32 id, gboolean counts)
{
  StrategyState *state = self->state;

  if (!mem_shape_has_references (strategy_get_shape (self, id)))
    return;
  strategy_put (self, self->generations[0], &state->n_generation[0], id);
  state->counts[0] += counts;
  strategy_mark_written (self, state);
}

/* Whether so many have been made since the last time that the one to be made now is one too many (gcmodule.c, _PyObject_GC_Link). */
gboolean
strategy_is_cycle_time (const Strategy *self)
{
  return self->state->counts[0] >= thresholds[0];
}

/* The oldest generation whose threshold is passed; the last only when enough is new in it. */
guint
strategy_choose_generation (const Strategy *self)
{
  const StrategyState *state = self->state;

  for (guint i = 2; i > 0; i--)
    if (state->counts[i] > thresholds[i]
        && (i < 2 || state->long_lived_pending >= state->long_lived_total / 4))
      return i;
  return 0;
}

static gboolean
is_live (const Strategy *self, guint32 id)
{
  return mem_block_get (self->space, id)->state == MEM_BLOCK_LIVE;
}

static void
enter (StrategyEntry *entry, StrategyCyclePhase phase)
{
  entry->phase = phase;
  entry->index = 0;
}

static inline void
set_number (Strategy *self, guint32 id, guint32 number)
{
  self->numbers[id] = number;
  strategy_mark_written (self, &self->numbers[id]);
}

/* ---- candidates ---- */

/* The generation's own list first, then the younger ones', as CPython merges them. The queue `live` holds them. */
static void
list_candidates (Strategy *self, guint generation)
{
  StrategyState *state = self->state;
  guint order[3] = { generation, 0, 1 };

  state->n_live = 0;
  for (guint i = 0; i <= generation; i++)
    {
      guint g = order[i];

      for (guint32 j = 0; j < state->n_generation[g]; j++)
        if (is_live (self, self->generations[g][j])
            && (self->flags[self->generations[g][j]] & STRATEGY_DYING) == 0)
          strategy_put (self, self->live, &state->n_live, self->generations[g][j]);
      state->n_generation[g] = 0;
    }
}

/* A finaliser may have let some die by their counts. */
static void
drop_dead (Strategy *self)
{
  StrategyState *state = self->state;
  guint32 n = 0;

  for (guint32 i = 0; i < state->n_live; i++)
    if (is_live (self, self->live[i]))
      strategy_put (self, self->live, &n, self->live[i]);
  state->n_live = n;
}

/* What is done before the first candidate is looked at. */
static void
begin_count (Strategy *self, const StrategyEntry *entry)
{
  StrategyState *state = self->state;

  if (entry->phase == STRATEGY_CYCLE_RECOUNT)
    {
      drop_dead (self);
      return;
    }
  list_candidates (self, entry->variant);
  if (entry->variant < 2)
    state->counts[entry->variant + 1]++;
  for (guint i = 0; i <= entry->variant; i++)
    state->counts[i] = 0;
}

static G_ALWAYS_INLINE inline StrategyWork
count (Strategy *self, StrategyEntry *entry, StrategyTask *task, StrategyCyclePhase next)
{
  StrategyState *state = self->state;
  guint64 n;
  guint32 id;

  if (entry->index >= state->n_live)
    {
      enter (entry, next);
      return STRATEGY_WORKED;
    }
  id = self->live[entry->index++];
  n = mem_get_word (self->space, mem_block_get (self->space, id)->begin);
  set_number (self, id, MIN (n, G_MAXUINT32 - 1));
  strategy_set_flag (self, id, STRATEGY_CANDIDATE, TRUE);
  strategy_set_flag (self, id, STRATEGY_DOUBTED, FALSE);
  *task = (StrategyTask){ .kind = STRATEGY_TASK_ROOT, .id = id };
  return STRATEGY_WORKED;
}

/* The candidate that a word leads to; 0: none. */
static inline guint32
get_candidate (const Strategy *self, guint64 at, MemWordKind kind)
{
  guint32 target = kind == MEM_WORD_REFERENCE ? mem_shape_get_target (self->space, at) : 0;

  return self->flags[target] & STRATEGY_CANDIDATE ? target : 0;
}

static G_ALWAYS_INLINE inline void
subtract_one (guint64 at, MemWordKind kind, gpointer data)
{
  Strategy *self = data;
  guint32 target = get_candidate (self, at, kind);

  if (target != 0 && self->numbers[target] > 0)
    set_number (self, target, self->numbers[target] - 1);
}

static G_ALWAYS_INLINE inline StrategyWork
subtract (Strategy *self, StrategyEntry *entry, StrategyTask *task, StrategyCyclePhase next)
{
  StrategyState *state = self->state;
  guint32 id;

  if (entry->index >= state->n_live)
    {
      state->n_kept = 0;
      state->n_grey = 0;
      enter (entry, next);
      return STRATEGY_WORKED;
    }
  id = self->live[entry->index++];
  mem_shape_visit (strategy_get_shape (self, id), self->space, mem_block_get (self->space, id),
                   subtract_one, self);
  *task = (StrategyTask){ .kind = STRATEGY_TASK_SUBTRACT, .id = id };
  return STRATEGY_WORKED;
}

/* A candidate that something alive leads to. One that was passed as doubtful goes to the queue's end again. */
static G_ALWAYS_INLINE inline void
reach_one (guint64 at, MemWordKind kind, gpointer data)
{
  Strategy *self = data;
  guint32 target = get_candidate (self, at, kind);

  if (target == 0)
    return;
  if (self->flags[target] & STRATEGY_DOUBTED)
    {
      strategy_set_flag (self, target, STRATEGY_DOUBTED, FALSE);
      strategy_put (self, self->live, &self->state->n_live, target);
    }
  if (self->numbers[target] == 0)
    set_number (self, target, 1);
}

/* Those that are alive go, in the order in which they are found so, to the list of survivors (grey); the doubtful ones stay flagged. */
static G_ALWAYS_INLINE inline StrategyWork
reach (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  StrategyState *state = self->state;
  guint32 id = self->live[entry->index++];

  task->id = id;
  if (self->numbers[id] == 0)
    {
      strategy_set_flag (self, id, STRATEGY_DOUBTED, TRUE);
      return STRATEGY_WORKED;
    }
  task->kind = STRATEGY_TASK_MARK;
  strategy_put (self, self->grey, &state->n_grey, id);
  strategy_set_flag (self, id, STRATEGY_CANDIDATE, FALSE);
  state->statistics.n_traced++;
  mem_shape_visit (strategy_get_shape (self, id), self->space, mem_block_get (self->space, id),
                   reach_one, self);
  return STRATEGY_WORKED;
}

/* Survivors go to the next older generation; what is left in `live` are the doubtful ones, in their order. */
static void
keep_survivors (Strategy *self, StrategyEntry *entry)
{
  StrategyState *state = self->state;
  guint older = MIN (entry->variant + 1, 2);
  guint32 n = 0;

  for (guint32 i = 0; i < state->n_grey; i++)
    strategy_put (self, self->generations[older], &state->n_generation[older], self->grey[i]);
  for (guint32 i = 0; i < state->n_live; i++)
    if (self->flags[self->live[i]] & STRATEGY_DOUBTED)
      strategy_put (self, self->live, &n, self->live[i]);
  state->n_live = n;
  state->n_grey = 0;
}

static StrategyWork
end_reach (Strategy *self, StrategyEntry *entry)
{
  StrategyState *state = self->state;

  if (entry->phase == STRATEGY_CYCLE_REACH)
    {
      if (entry->variant == 1)
        state->long_lived_pending += state->n_grey;
      else if (entry->variant == 2)
        {
          state->long_lived_pending = 0;
          state->long_lived_total = state->n_grey;
        }
    }
  keep_survivors (self, entry);
  if (entry->phase == STRATEGY_CYCLE_REREACH)
    state->statistics.n_found += state->n_live;
  enter (entry, entry->phase == STRATEGY_CYCLE_REACH ? STRATEGY_CYCLE_WEAK : STRATEGY_CYCLE_CLEAR);
  return STRATEGY_WORKED;
}

/* ---- the unreachable ---- */

/* A call-back runs only if its weak reference is no garbage itself (gcmodule.c, handle_weakrefs). */
static void
queue_callbacks (Strategy *self, guint32 id)
{
  StrategyState *state = self->state;
  const MemShape *shape = strategy_get_shape (self, id);
  const MemBlock *block = mem_block_get (self->space, id);
  guint32 reference;

  if (shape->weak_head == MEM_SHAPE_NONE)
    return;
  reference = mem_shape_get_target (self->space, (guint64)block->begin + shape->weak_head);
  while (reference != 0)
    {
      const MemShape *of = strategy_get_shape (self, reference);
      guint64 begin = mem_block_get (self->space, reference)->begin;
      guint32 callback = of->weak_callback != MEM_SHAPE_NONE
                             ? mem_shape_get_target (self->space, begin + of->weak_callback)
                             : 0;

      if (callback != 0 && (self->flags[reference] & STRATEGY_CANDIDATE) == 0)
        {
          self->calls[state->n_calls * 2] = callback;
          self->calls[state->n_calls * 2 + 1] = reference;
          strategy_mark_written (self, &self->calls[state->n_calls * 2]);
          state->n_calls++;
          strategy_retain (self, reference);
          strategy_retain (self, callback);
        }
      reference = of->weak_next != MEM_SHAPE_NONE
                      ? mem_shape_get_target (self->space, begin + of->weak_next)
                      : 0;
    }
}

static StrategyWork
clear_weak (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  guint32 id;

  if (entry->index >= self->state->n_live)
    {
      enter (entry, STRATEGY_CYCLE_CALLBACKS);
      return STRATEGY_WORKED;
    }
  id = self->live[entry->index++];
  strategy_drop_weak (self, id);
  queue_callbacks (self, id);
  strategy_clear_weak (self, id, FALSE);
  *task = (StrategyTask){ .kind = STRATEGY_TASK_CLEAR_WEAK, .id = id };
  return STRATEGY_WORKED;
}

/* Two steps for each: the call, then letting go of what was held for it. */
static StrategyWork
call_back (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  StrategyState *state = self->state;
  guint32 callback, reference;

  if (entry->index >= (guint64)state->n_calls * 2)
    {
      state->n_calls = 0;
      enter (entry, STRATEGY_CYCLE_FINALISE);
      return STRATEGY_WORKED;
    }
  callback = self->calls[entry->index / 2 * 2];
  reference = self->calls[entry->index / 2 * 2 + 1];
  if (entry->index++ % 2 == 0)
    {
      entry->is_away = TRUE;
      *task = (StrategyTask){ .kind = STRATEGY_TASK_WEAK_CALLBACK,
                              .id = callback,
                              .other = reference };
      return STRATEGY_CALL;
    }
  *task = (StrategyTask){ .kind = STRATEGY_TASK_RELEASE, .id = reference };
  strategy_release (self, callback);
  strategy_release (self, reference);
  /* CPython's gc.collect() counts a weak reference that dies of this as found. */
  state->statistics.n_found += (self->flags[reference] & STRATEGY_DYING) != 0;
  return STRATEGY_WORKED;
}

/* Again two steps for each: it is held while its finaliser runs. */
static StrategyWork
finalise (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  guint32 id;

  if (entry->index >= (guint64)self->state->n_live * 2)
    {
      enter (entry, STRATEGY_CYCLE_RECOUNT);
      return STRATEGY_WORKED;
    }
  id = self->live[entry->index / 2];
  task->id = id;
  if (entry->index % 2 == 1)
    {
      entry->index++;
      strategy_release (self, id);
      return STRATEGY_WORKED;
    }
  if (!is_live (self, id) || !strategy_wants_finaliser (self, id))
    {
      entry->index += 2;
      return STRATEGY_WORKED;
    }
  entry->index++;
  entry->is_away = TRUE;
  strategy_set_flag (self, id, STRATEGY_FINALISED, TRUE);
  strategy_retain (self, id);
  *task = (StrategyTask){ .kind = STRATEGY_TASK_FINALISER,
                          .id = id,
                          .function = strategy_get_shape (self, id)->finaliser };
  return STRATEGY_CALL;
}

/* One child of one unreachable object: its word is emptied, then what it led to is let go (tp_clear). The object is held meanwhile. */
static StrategyWork
clear (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  guint32 id, child;
  MemWordKind kind = MEM_WORD_REFERENCE;
  guint64 at = 0;

  if (entry->index >= self->state->n_live)
    {
      enter (entry, STRATEGY_CYCLE_DONE);
      return STRATEGY_WORKED;
    }
  id = self->live[entry->index];
  task->id = id;
  if (entry->id == 0)
    {
      if (!is_live (self, id))
        {
          entry->index++;
          return STRATEGY_WORKED;
        }
      strategy_retain (self, id);
    }
  do
    at = mem_shape_get_word (strategy_get_shape (self, id), self->space,
                             mem_block_get (self->space, id), entry->id++, &kind);
  while (at != 0 && (kind != MEM_WORD_REFERENCE || mem_shape_get_target (self->space, at) == 0));
  if (at == 0)
    {
      entry->id = 0;
      entry->index++;
      strategy_set_flag (self, id, STRATEGY_CANDIDATE | STRATEGY_DOUBTED, FALSE);
      strategy_release (self, id);
      return STRATEGY_WORKED;
    }
  child = mem_shape_get_target (self->space, at);
  mem_set_pointer (self->space, at, 0, 0);
  *task = (StrategyTask){ .kind = STRATEGY_TASK_RELEASE, .id = child };
  strategy_release (self, child);
  return STRATEGY_WORKED;
}

/* ---- many steps of one phase ---- */

static gboolean
is_hot (const Strategy *self, const StrategyEntry *entry)
{
  switch ((StrategyCyclePhase)entry->phase)
    {
    case STRATEGY_CYCLE_COUNT:
    case STRATEGY_CYCLE_RECOUNT:
    case STRATEGY_CYCLE_SUBTRACT:
    case STRATEGY_CYCLE_RESUBTRACT:
      return TRUE;
    case STRATEGY_CYCLE_REACH:
    case STRATEGY_CYCLE_REREACH:
      return entry->index < self->state->n_live;
    case STRATEGY_CYCLE_WEAK:
    case STRATEGY_CYCLE_CALLBACKS:
    case STRATEGY_CYCLE_FINALISE:
    case STRATEGY_CYCLE_CLEAR:
    case STRATEGY_CYCLE_DONE:
      break;
    }
  return FALSE;
}

/* Where the time goes: see the function of the same name in strategy-trace.c. */
static StrategyWork
step_hot_phase (Strategy *self, StrategyEntry *entry, guint64 *n_left, StrategyTask *task)
{
  Strategy view = *self;
  guint64 n = *n_left;
  guint8 phase = entry->phase;

  if (entry->index == 0 && (phase == STRATEGY_CYCLE_COUNT || phase == STRATEGY_CYCLE_RECOUNT))
    begin_count (self, entry);
  do
    {
      *task = (StrategyTask){ .kind = STRATEGY_TASK_KEEP };
      if (phase == STRATEGY_CYCLE_COUNT || phase == STRATEGY_CYCLE_RECOUNT)
        count (&view, entry, task, phase + 1);
      else if (phase == STRATEGY_CYCLE_SUBTRACT || phase == STRATEGY_CYCLE_RESUBTRACT)
        subtract (&view, entry, task, phase + 1);
      else
        reach (&view, entry, task);
      n--;
    }
  while (n > 0 && entry->phase == phase && is_hot (self, entry));
  *n_left = n;
  return STRATEGY_WORKED;
}

static StrategyWork
step (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  switch ((StrategyCyclePhase)entry->phase)
    {
    case STRATEGY_CYCLE_REACH:
    case STRATEGY_CYCLE_REREACH:
      return end_reach (self, entry);
    case STRATEGY_CYCLE_WEAK:
      return clear_weak (self, entry, task);
    case STRATEGY_CYCLE_CALLBACKS:
      return call_back (self, entry, task);
    case STRATEGY_CYCLE_FINALISE:
      return finalise (self, entry, task);
    case STRATEGY_CYCLE_CLEAR:
      return clear (self, entry, task);
    case STRATEGY_CYCLE_DONE:
      return strategy_finish_collection (self, task);
    case STRATEGY_CYCLE_COUNT:
    case STRATEGY_CYCLE_SUBTRACT:
    case STRATEGY_CYCLE_RECOUNT:
    case STRATEGY_CYCLE_RESUBTRACT:
      break;
    }
  g_assert_not_reached ();
}

/* Steps of the collection on top, until something is put on top of it or it is over. */
StrategyWork
strategy_run_cycle (Strategy *self, StrategyEntry *entry, guint64 *n_left, StrategyTask *task)
{
  guint32 n_entries = self->state->n_entries;
  StrategyWork work;

  do
    {
      if (is_hot (self, entry))
        {
          work = step_hot_phase (self, entry, n_left, task);
          continue;
        }
      *task = (StrategyTask){ .kind = STRATEGY_TASK_KEEP };
      work = step (self, entry, task);
      --*n_left;
    }
  while (work == STRATEGY_WORKED && *n_left > 0 && self->state->n_entries == n_entries);
  return work;
}
