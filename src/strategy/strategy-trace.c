/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Mark and sweep (McCarthy, "Recursive functions of symbolic expressions", 1960) and mark and compact (the LISP 2 collector: Jones, Hosking
 * and Moss, "The Garbage Collection Handbook", 3.2). Both mark from the roots with a stack of grey objects. One sweeps the rest to the
 * free list. The other chooses a new place for each object that lives, in the order of their addresses, makes all references
 * point there, and then moves them.
 *
 * The full collection of a heap with generations is the second one: old objects slide together, young ones go behind them as far as there is
 * room. */

#include "strategy-state.h"

static void
enter (StrategyEntry *entry, StrategyTracePhase phase)
{
  entry->phase = phase;
  entry->index = 0;
}

static gboolean
has_generations (const Strategy *self)
{
  return self->kind == STRATEGY_GENERATIONAL;
}

/* Young objects stand behind the old ones in the list, so that they are moved last. */
static void
merge_young (Strategy *self)
{
  StrategyState *state = self->state;

  for (guint32 i = 0; i < state->n_young; i++)
    strategy_put (self, self->live, &state->n_live, self->young[i]);
  state->n_young = 0;
}

static StrategyWork
look_at_root (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  StrategyState *state = self->state;

  if (entry->index == 0)
    /* What an earlier collection wants called still has to be there. */
    {
      for (guint i = 0; i < state->n_calls * 2; i++)
        strategy_shade (self, self->calls[i]);
      merge_young (self);
    }
  if (entry->index >= state->n_roots)
    {
      enter (entry, STRATEGY_TRACE_MARK);
      return STRATEGY_WORKED;
    }
  *task = (StrategyTask){ .kind = STRATEGY_TASK_ROOT,
                          .id = mem_shape_get_target (self->space, self->roots[entry->index++]) };
  strategy_shade (self, task->id);
  return STRATEGY_WORKED;
}

static G_ALWAYS_INLINE inline void
shade_strong (guint64 at, MemWordKind kind, gpointer data)
{
  Strategy *self = data;

  if (kind != MEM_WORD_WEAK)
    strategy_shade (self, mem_shape_get_target (self->space, at));
}

static G_ALWAYS_INLINE inline void
shade_all (guint64 at, MemWordKind kind, gpointer data)
{
  Strategy *self = data;

  (void)kind;
  strategy_shade (self, mem_shape_get_target (self->space, at));
}

/* Grey objects are a stack: turned over, what an object's first word leads to is looked into first, as a recursion would, and objects
 * that were made one after the other are looked into one after the other. */
static inline void
turn_over (guint32 *ids, guint32 n)
{
  for (guint32 i = 0; i < n / 2; i++)
    {
      guint32 id = ids[i];

      ids[i] = ids[n - 1 - i];
      ids[n - 1 - i] = id;
    }
}

static G_ALWAYS_INLINE inline StrategyWork
mark (Strategy *self, StrategyEntry *entry, StrategyTask *task, StrategyTracePhase next)
{
  StrategyState *state = self->state;
  const MemShape *shape;
  const MemBlock *block;
  guint32 id, n_grey;

  if (state->n_grey == 0)
    {
      enter (entry, next);
      return STRATEGY_WORKED;
    }
  id = self->grey[--state->n_grey];
  n_grey = state->n_grey;
  strategy_set_colour (self, id, STRATEGY_BLACK);
  shape = strategy_get_shape (self, id);
  block = mem_block_get (self->space, id);
  /* Weak references that only a finaliser will see are not emptied any more, so they have to hold. */
  if (G_UNLIKELY (entry->phase == STRATEGY_TRACE_REVIVE))
    mem_shape_visit (shape, self->space, block, shade_all, self);
  else
    mem_shape_visit (shape, self->space, block, shade_strong, self);
  turn_over (self->grey + n_grey, state->n_grey - n_grey);
  state->statistics.n_traced++;
  *task = (StrategyTask){ .kind = STRATEGY_TASK_MARK, .id = id };
  return STRATEGY_WORKED;
}

/* Empties an object's weak words whose targets are not marked, and queues its call-back. young_only: others are not looked at by this
 * collection. How many there were. */
guint64
strategy_clear_weak_words (Strategy *self, guint32 id, gboolean young_only)
{
  const MemShape *shape = strategy_get_shape (self, id);
  const MemBlock *block = mem_block_get (self->space, id);
  guint64 n_words, n = 0;

  if (!mem_shape_has_weak (shape))
    return 0;
  n_words = mem_shape_count_words (shape, self->space, block);
  for (guint64 i = 0; i < n_words; i++)
    {
      MemWordKind kind;
      guint64 at = mem_shape_get_word (shape, self->space, block, i, &kind);
      guint32 target = kind == MEM_WORD_WEAK ? mem_shape_get_target (self->space, at) : 0;

      if (target == 0 || strategy_get_colour (self, target) != STRATEGY_WHITE
          || (young_only && (self->flags[target] & STRATEGY_YOUNG) == 0))
        continue;
      mem_set_pointer (self->space, at, 0, 0);
      n += i >= shape->words->len
           || mem_shape_leads_weakly (shape, &g_array_index (shape->words, MemShapeWord, i));
    }
  if (n > 0 && shape->weak_callback != MEM_SHAPE_NONE)
    {
      guint32 callback
          = mem_shape_get_target (self->space, (guint64)block->begin + shape->weak_callback);

      if (callback != 0)
        {
          self->calls[self->state->n_calls * 2] = callback;
          self->calls[self->state->n_calls * 2 + 1] = id;
          strategy_mark_written (self, &self->calls[self->state->n_calls * 2]);
          self->state->n_calls++;
        }
    }
  return n;
}

/* Goes on to the next live object for which a phase has work; 0: none is left. */
static inline guint32
next_live (Strategy *self, StrategyEntry *entry)
{
  return entry->index < self->state->n_live ? self->live[entry->index++] : 0;
}

static StrategyWork
clear_weak (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  guint32 id = self->has_weak ? next_live (self, entry) : 0;

  if (id == 0)
    enter (entry, STRATEGY_TRACE_FINALISERS);
  else if (strategy_get_colour (self, id) == STRATEGY_BLACK
           && strategy_clear_weak_words (self, id, FALSE) > 0)
    *task = (StrategyTask){ .kind = STRATEGY_TASK_CLEAR_WEAK, .id = id };
  return STRATEGY_WORKED;
}

static StrategyWork
find_finalisers (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  StrategyState *state = self->state;
  guint32 id = self->has_finalisers ? next_live (self, entry) : 0;

  if (id == 0)
    {
      enter (entry, STRATEGY_TRACE_REVIVE);
      return STRATEGY_WORKED;
    }
  if (strategy_get_colour (self, id) != STRATEGY_WHITE || !strategy_wants_finaliser (self, id))
    return STRATEGY_WORKED;
  strategy_set_flag (self, id, STRATEGY_FINALISED, TRUE);
  self->calls[state->n_calls * 2] = 0;
  self->calls[state->n_calls * 2 + 1] = id;
  strategy_mark_written (self, &self->calls[state->n_calls * 2]);
  state->n_calls++;
  task->id = id;
  return STRATEGY_WORKED;
}

/* What will be finalised, and all it leads to, lives for this once. */
static StrategyWork
revive (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  StrategyState *state = self->state;

  if (entry->index == 0)
    for (guint i = 0; i < state->n_calls * 2; i++)
      strategy_shade (self, self->calls[i]);
  entry->index++;
  if (state->n_grey > 0)
    return mark (self, entry, task, STRATEGY_TRACE_SWEEP);
  state->free_top = has_generations (self) ? self->old : self->heap->begin;
  state->n_kept = 0;
  enter (entry, STRATEGY_TRACE_SWEEP);
  return STRATEGY_WORKED;
}

static StrategyWork
end_sweep (Strategy *self, StrategyEntry *entry)
{
  StrategyState *state = self->state;

  state->n_live = state->n_kept;
  enter (entry,
         self->kind == STRATEGY_MARK_SWEEP ? STRATEGY_TRACE_CALLS : STRATEGY_TRACE_FIX_ROOTS);
  return STRATEGY_WORKED;
}

/* Behind the one before; a young object for which there is no room among the old ones stays where it is. */
static inline void
choose_place (Strategy *self, guint32 id)
{
  StrategyState *state = self->state;
  const MemBlock *block = mem_block_get (self->space, id);
  guint64 n_bytes = strategy_round (block->size);
  gboolean fits = state->free_top + n_bytes <= self->heap->end;

  self->numbers[id] = fits ? state->free_top : block->begin;
  strategy_mark_written (self, &self->numbers[id]);
  if (fits)
    state->free_top += n_bytes;
}

static G_ALWAYS_INLINE inline StrategyWork
sweep (Strategy *self, StrategyEntry *entry, StrategyTask *task, Strategy *whole)
{
  StrategyState *state = self->state;
  guint32 id = next_live (self, entry);

  if (id == 0)
    return end_sweep (whole, entry);
  /* One that was given back by hand. */
  if (mem_block_get (self->space, id)->state != MEM_BLOCK_LIVE)
    return STRATEGY_WORKED;
  if (strategy_get_colour (self, id) == STRATEGY_WHITE)
    {
      state->statistics.n_found++;
      strategy_end_block (whole, id, task);
      return STRATEGY_WORKED;
    }
  strategy_put (self, self->live, &state->n_kept, id);
  task->id = id;
  if (self->kind == STRATEGY_MARK_SWEEP)
    {
      strategy_set_colour (self, id, STRATEGY_WHITE);
      return STRATEGY_WORKED;
    }
  choose_place (self, id);
  task->kind = STRATEGY_TASK_FORWARD;
  return STRATEGY_WORKED;
}

/* The word leads to where its target will be. */
static inline void
fix_word (Strategy *self, guint64 at)
{
  guint32 id = mem_shape_get_target (self->space, at);

  if (id != 0)
    mem_set_word (self->space, at,
                  mem_get_word (self->space, at) + self->numbers[id]
                      - mem_block_get (self->space, id)->begin);
}

static StrategyWork
fix_root (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  task->kind = STRATEGY_TASK_FIX;
  if (entry->index < self->state->n_roots)
    fix_word (self, self->roots[entry->index++]);
  else
    enter (entry, STRATEGY_TRACE_FIX);
  return STRATEGY_WORKED;
}

static G_ALWAYS_INLINE inline void
fix_one (guint64 at, MemWordKind kind, gpointer data)
{
  (void)kind;
  fix_word (data, at);
}

static G_ALWAYS_INLINE inline StrategyWork
fix (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  guint32 id = next_live (self, entry);

  if (id == 0)
    {
      self->state->n_kept = 0;
      enter (entry, STRATEGY_TRACE_MOVE);
      return STRATEGY_WORKED;
    }
  *task = (StrategyTask){ .kind = STRATEGY_TASK_FIX, .id = id };
  mem_shape_visit (strategy_get_shape (self, id), self->space, mem_block_get (self->space, id),
                   fix_one, self);
  return STRATEGY_WORKED;
}

/* All that was written down about old objects that lead to young ones. */
static void
forget_remembered (Strategy *self)
{
  StrategyState *state = self->state;

  for (guint32 i = 0; i < state->n_remembered; i++)
    {
      guint64 bit = (self->remembered[i] - self->heap->begin) / 8;

      self->is_remembered[bit / 8] &= ~(1u << bit % 8);
      strategy_mark_written (self, &self->is_remembered[bit / 8]);
    }
  state->n_remembered = 0;
}

static StrategyWork
end_move (Strategy *self, StrategyEntry *entry)
{
  StrategyState *state = self->state;

  if (!has_generations (self))
    {
      state->top = state->free_top;
      enter (entry, STRATEGY_TRACE_CALLS);
      return STRATEGY_WORKED;
    }
  state->n_live = state->n_kept;
  state->old_top = state->free_top;
  forget_remembered (self);
  state->n_generation[0] = 0;
  if (state->n_young == 0)
    state->top = self->eden;
  enter (entry, state->n_young > 0 ? STRATEGY_TRACE_REMEMBER : STRATEGY_TRACE_CALLS);
  return STRATEGY_WORKED;
}

/* With generations an object that was moved is old from now on, and each goes to the list of its kind. */
static inline void
list_moved (Strategy *self, guint32 id)
{
  StrategyState *state = self->state;

  if (!has_generations (self))
    return;
  if (self->numbers[id] >= self->old)
    {
      strategy_set_flag (self, id, STRATEGY_YOUNG | STRATEGY_AGED, FALSE);
      strategy_put (self, self->live, &state->n_kept, id);
    }
  else
    strategy_put (self, self->young, &state->n_young, id);
}

static StrategyWork
remember (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  guint32 id = next_live (self, entry);
  const MemBlock *block = mem_block_get (self->space, id);
  guint64 n;

  if (id == 0)
    {
      enter (entry, STRATEGY_TRACE_CALLS);
      return STRATEGY_WORKED;
    }
  n = mem_shape_count_words (strategy_get_shape (self, id), self->space, block);
  for (guint64 i = 0; i < n; i++)
    {
      MemWordKind kind;
      guint64 at = mem_shape_get_word (strategy_get_shape (self, id), self->space, block, i, &kind);

      if (kind != MEM_WORD_WEAK)
        strategy_stored (self, at, mem_shape_get_target (self->space, at));
    }
  strategy_note_weak (self, id);
  task->id = id;
  return STRATEGY_WORKED;
}

static G_ALWAYS_INLINE inline StrategyWork
move (Strategy *self, StrategyEntry *entry, StrategyTask *task, Strategy *whole)
{
  StrategyState *state = self->state;
  guint32 id = next_live (self, entry);
  MemBlock *block;

  if (id == 0)
    return end_move (whole, entry);
  block = mem_block_get (self->space, id);
  list_moved (self, id);
  strategy_set_colour (self, id, STRATEGY_WHITE);
  task->id = id;
  if (self->numbers[id] == block->begin)
    return STRATEGY_WORKED;
  *task = (StrategyTask){
    .kind = STRATEGY_TASK_COPY, .id = id, .from = block->begin, .to = self->numbers[id]
  };
  strategy_copy_block (self->space, task->to, task->from, block->size);
  block->begin = task->to;
  mem_block_mark (self->space, id);
  state->statistics.n_moved++;
  return STRATEGY_WORKED;
}

/* ---- many steps of one phase ---- */

/* Where the time goes. `view` is a copy that nobody else can reach, so that the compiler knows that no store into a byte of the heap changes
 * it; what must be kept is behind its pointers. */
static StrategyWork
step_hot_phase (Strategy *self, StrategyEntry *entry, guint64 *n_left, StrategyTask *task)
{
  Strategy view = *self;
  guint64 n = *n_left;
  guint8 phase = entry->phase;

#define MANY(call)                                                                                 \
  do                                                                                               \
    {                                                                                              \
      *task = (StrategyTask){ .kind = STRATEGY_TASK_KEEP };                                        \
      call;                                                                                        \
      n--;                                                                                         \
    }                                                                                              \
  while (n > 0 && entry->phase == phase)
  if (phase == STRATEGY_TRACE_MARK)
    MANY (mark (&view, entry, task, STRATEGY_TRACE_WEAK));
  else if (phase == STRATEGY_TRACE_SWEEP)
    MANY (sweep (&view, entry, task, self));
  else if (phase == STRATEGY_TRACE_FIX)
    MANY (fix (&view, entry, task));
  else
    MANY (move (&view, entry, task, self));
#undef MANY
  *n_left = n;
  return STRATEGY_WORKED;
}

static gboolean
is_hot (const StrategyEntry *entry)
{
  return entry->phase == STRATEGY_TRACE_MARK || entry->phase == STRATEGY_TRACE_SWEEP
         || entry->phase == STRATEGY_TRACE_FIX || entry->phase == STRATEGY_TRACE_MOVE;
}

static StrategyWork
step (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  switch ((StrategyTracePhase)entry->phase)
    {
    case STRATEGY_TRACE_ROOTS:
      return look_at_root (self, entry, task);
    case STRATEGY_TRACE_WEAK:
      return clear_weak (self, entry, task);
    case STRATEGY_TRACE_FINALISERS:
      return find_finalisers (self, entry, task);
    case STRATEGY_TRACE_REVIVE:
      return revive (self, entry, task);
    case STRATEGY_TRACE_FIX_ROOTS:
      return fix_root (self, entry, task);
    case STRATEGY_TRACE_REMEMBER:
      return remember (self, entry, task);
    case STRATEGY_TRACE_CALLS:
      return strategy_step_calls (self, entry, task);
    case STRATEGY_TRACE_MARK:
    case STRATEGY_TRACE_SWEEP:
    case STRATEGY_TRACE_FIX:
    case STRATEGY_TRACE_MOVE:
      break;
    }
  g_assert_not_reached ();
}

/* Steps of the collection on top, until something is put on top of it or it is over. */
StrategyWork
strategy_run_trace (Strategy *self, StrategyEntry *entry, guint64 *n_left, StrategyTask *task)
{
  guint32 n_entries = self->state->n_entries;
  StrategyWork work;

  do
    {
      if (is_hot (entry))
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
