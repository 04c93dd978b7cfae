/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all strategies share: their paged state, allocation, the stack of work, the end of blocks. See strategy.h. */

#include "strategy-state.h"

#include <string.h>

const char *
strategy_kind_get_name (StrategyKind kind)
{
  static const char *const names[] = {
#define STRATEGY(id, name, meaning) name,
#include "strategy.def"
#undef STRATEGY
  };

  return names[kind];
}

gboolean
strategy_kind_find (const char *name, StrategyKind *kind)
{
  for (guint i = 0; i < STRATEGY_N_KINDS; i++)
    if (strcmp (strategy_kind_get_name (i), name) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

const char *
strategy_task_kind_get_name (StrategyTaskKind kind)
{
  static const char *const names[] = {
#define TASK(id, name, meaning) name,
#include "strategy-task.def"
#undef TASK
  };

  return names[kind];
}

gboolean
strategy_kind_is_counted (StrategyKind kind)
{
  return kind == STRATEGY_COUNTS || kind == STRATEGY_COUNTS_CYCLES;
}

gboolean
strategy_kind_is_traced (StrategyKind kind)
{
  return kind >= STRATEGY_MARK_SWEEP;
}

static gboolean
moves (StrategyKind kind)
{
  return kind >= STRATEGY_MARK_COMPACT;
}

/* The allocator that the strategy's heap must have. */
const MemAllocator *
strategy_kind_get_allocator (StrategyKind kind)
{
  return moves (kind) ? &mem_bump : &mem_first_fit;
}

/* ---- the array ---- */

static guint64
add_stretch (guint64 *end, guint64 n_bytes)
{
  guint64 begin = *end;

  *end += (n_bytes + 4095) / 4096 * 4096;
  return begin;
}

/* By hand nothing is kept. The stretches are reserved, not used: only what is written costs. */
static void
make_array (Strategy *self)
{
  static const guint page[] = { 4096 };
  guint64 n = self->kind == STRATEGY_MANUAL ? 1 : MEM_MAX_BLOCKS, end = 0;
  guint64 n_roots = self->kind == STRATEGY_MANUAL ? 1 : STRATEGY_MAX_ROOTS;
  guint64 n_words = (self->heap->end - self->heap->begin) / 8;
  guint64 state = add_stretch (&end, sizeof (StrategyState));
  guint64 entries = add_stretch (&end, MIN (n, STRATEGY_MAX_ENTRIES) * sizeof (StrategyEntry));
  guint64 roots = add_stretch (&end, n_roots * 8), flags = add_stretch (&end, n);
  guint64 live = add_stretch (&end, n * 4), young = add_stretch (&end, n * 4);
  guint64 grey = add_stretch (&end, n * 4), numbers = add_stretch (&end, n * 4);
  guint64 calls = add_stretch (&end, n * 8), remembered = add_stretch (&end, n * 4);
  guint64 bits = add_stretch (&end, n_words / 8 + 1), generations[3];

  for (guint i = 0; i < 3; i++)
    generations[i] = add_stretch (&end, n * 4);
  self->array = mem_array_new (1, page, end / 4096);
  self->base = self->array->planes[0];
  self->state = (StrategyState *)(gpointer)(self->base + state);
  self->entries = (StrategyEntry *)(gpointer)(self->base + entries);
  self->roots = (guint64 *)(gpointer)(self->base + roots);
  self->flags = self->base + flags;
  self->live = (guint32 *)(gpointer)(self->base + live);
  self->young = (guint32 *)(gpointer)(self->base + young);
  self->grey = (guint32 *)(gpointer)(self->base + grey);
  self->numbers = (guint32 *)(gpointer)(self->base + numbers);
  self->calls = (guint32 *)(gpointer)(self->base + calls);
  self->remembered = (guint32 *)(gpointer)(self->base + remembered);
  self->is_remembered = self->base + bits;
  for (guint i = 0; i < 3; i++)
    self->generations[i] = (guint32 *)(gpointer)(self->base + generations[i]);
}

/* space, heap, shapes, high_water: borrowed, must outlive it. heap: with strategy_kind_get_allocator()'s. shapes[0] has no references.
 * settings: copied. */
Strategy *
strategy_new (StrategyKind kind, MemSpace *space, MemHeap *heap, const MemShape *shapes,
              guint n_shapes, guint64 *high_water, const StrategySettings *settings)
{
  Strategy *self = g_new0 (Strategy, 1);

  self->kind = kind;
  self->settings = *settings;
  self->space = space;
  self->heap = heap;
  self->shapes = shapes;
  self->n_shapes = n_shapes;
  self->high_water = high_water;
  for (guint i = 0; i < n_shapes; i++)
    {
      self->has_finalisers |= shapes[i].finaliser != 0;
      self->has_weak |= mem_shape_has_weak (&shapes[i]);
    }
  make_array (self);
  strategy_lay_out (self);
  strategy_mark_written (self, self->state);
  return self;
}

void
strategy_free (Strategy *self)
{
  mem_array_free (self->array);
  g_free (self);
}

StrategyKind
strategy_get_kind (const Strategy *self)
{
  return self->kind;
}

/* All its state, for keyframes and hashes. (transfer none) */
MemArray *
strategy_get_array (Strategy *self)
{
  return self->array;
}

StrategyStatistics
strategy_get_statistics (const Strategy *self)
{
  return self->state->statistics;
}

/* ---- blocks ---- */

/* Bytes that were never given out are undefined already; so a block of fresh memory costs no touch of it. */
void
strategy_clear_old_bytes (Strategy *self, guint64 begin, guint64 n_bytes)
{
  guint64 end = begin + n_bytes;

  if (begin < *self->high_water)
    mem_set_undefined (self->space, begin, MIN (end, *self->high_water) - begin);
  *self->high_water = MAX (*self->high_water, end);
}

static gboolean
find_room (Strategy *self, guint64 n_bytes, guint64 *address, guint64 *cost)
{
  *cost = 0;
  if (moves (self->kind))
    return strategy_bump (self, n_bytes, address);
  *address = self->heap->allocator->allocate (self->heap, n_bytes, cost);
  return *address != 0;
}

static gboolean
may_collect (const Strategy *self)
{
  return strategy_kind_is_traced (self->kind) && self->state->has_collected < 2;
}

/* counts: towards the next collection. */
static void
list_block (Strategy *self, guint32 id, gboolean counts)
{
  StrategyState *state = self->state;

  if (self->kind == STRATEGY_MANUAL)
    return;
  self->flags[id] = 0;
  strategy_mark_written (self, &self->flags[id]);
  if (self->kind == STRATEGY_COUNTS_CYCLES)
    strategy_track (self, id, counts);
  if (!strategy_kind_is_traced (self->kind))
    return;
  if (self->kind == STRATEGY_GENERATIONAL && mem_block_get (self->space, id)->begin < self->old)
    {
      strategy_set_flag (self, id, STRATEGY_YOUNG, TRUE);
      strategy_put (self, self->young, &state->n_young, id);
    }
  else
    strategy_put (self, self->live, &state->n_live, id);
}

/* Makes block `id`, n_bytes of undefined bytes, of a shape. DONE: *address and *cost (ticks of the search) are set; the block's record is
 * begun. Ask again after COLLECT; then it is DONE or FULL, unless a smaller collection was not enough. */
StrategyAnswer
strategy_allocate (Strategy *self, guint32 id, guint64 n_bytes, guint32 shape, guint64 *address,
                   guint64 *cost)
{
  StrategyState *state = self->state;
  /* CPython counts the object first and collects then, which sets the count to 0. */
  gboolean counts = state->has_collected == 0;

  *cost = 0;
  if (state->has_collected == 0
      && ((self->settings.collects_at_every_allocation && self->kind != STRATEGY_MANUAL
           && self->kind != STRATEGY_COUNTS)
          || (self->kind == STRATEGY_COUNTS_CYCLES && shape != 0
              && mem_shape_has_references (&self->shapes[shape]) && strategy_is_cycle_time (self))))
    return STRATEGY_COLLECT;
  if (!find_room (self, n_bytes, address, cost))
    {
      if (may_collect (self))
        return STRATEGY_COLLECT;
      state->has_collected = 0;
      strategy_mark_written (self, state);
      return STRATEGY_FULL;
    }
  if (self->kind != STRATEGY_MANUAL)
    {
      state->has_collected = 0;
      strategy_mark_written (self, state);
    }
  mem_block_begin (self->space, id, MEM_BLOCK_HEAP, *address, n_bytes);
  mem_block_get (self->space, id)->shape = shape;
  strategy_clear_old_bytes (self, *address, n_bytes);
  list_block (self, id, counts);
  return STRATEGY_DONE;
}

/* What is wrong with giving back this pointer by hand; MEM_FAULT_NONE when nothing is. */
MemFaultKind
strategy_judge_release (const Strategy *self, guint64 address, guint32 id)
{
  const MemBlock *block = mem_block_get (self->space, id);

  if (id == 0 || block->kind != MEM_BLOCK_HEAP)
    return MEM_FAULT_INVALID_FREE;
  if (block->state == MEM_BLOCK_FREED)
    return address == block->begin ? MEM_FAULT_DOUBLE_FREE : MEM_FAULT_INVALID_FREE;
  if (address != block->begin)
    return MEM_FAULT_INVALID_FREE;
  return MEM_FAULT_NONE;
}

/* Gives a live block back. Its bytes stay as they are. */
void
strategy_free_block (Strategy *self, guint32 id, guint64 *cost)
{
  *cost = 1;
  mem_block_end (self->space, id, MEM_BLOCK_FREED);
  if (!self->settings.no_reuse && !moves (self->kind))
    self->heap->allocator->release (self->heap, mem_block_get (self->space, id)->begin, cost);
}

/* The same as a step of a strategy. */
void
strategy_end_block (Strategy *self, guint32 id, StrategyTask *task)
{
  guint64 cost;

  strategy_free_block (self, id, &cost);
  self->state->statistics.n_freed++;
  *task = (StrategyTask){ .kind = STRATEGY_TASK_FREE, .id = id };
}

/* Whether the strategy wants to know which words get pointers: see strategy_stored(). */
gboolean
strategy_has_barrier (const Strategy *self)
{
  return self->kind == STRATEGY_GENERATIONAL;
}

/* The write barrier: the word at an address leads to block `to` now. An old object that leads to a young one is remembered. */
void
strategy_stored (Strategy *self, guint64 word, guint32 to)
{
  guint64 bit = (word - self->heap->begin) / 8;

  if (self->kind != STRATEGY_GENERATIONAL || word < self->old || word >= self->heap->end || to == 0
      || (self->flags[to] & STRATEGY_YOUNG) == 0 || (self->is_remembered[bit / 8] >> bit % 8 & 1))
    return;
  self->is_remembered[bit / 8] |= 1u << bit % 8;
  strategy_mark_written (self, &self->is_remembered[bit / 8]);
  strategy_put (self, self->remembered, &self->state->n_remembered, word);
  strategy_mark_written (self, self->state);
}

/* ---- the stack of work ---- */

/* A new entry on top. (transfer none) */
StrategyEntry *
strategy_push (Strategy *self, StrategyEntryKind kind, guint32 id)
{
  StrategyEntry *entry = &self->entries[self->state->n_entries];

  g_assert (self->state->n_entries < STRATEGY_MAX_ENTRIES);
  self->state->n_entries++;
  *entry = (StrategyEntry){ .kind = kind, .id = id };
  strategy_mark_written (self, entry);
  strategy_mark_written (self, self->state);
  return entry;
}

void
strategy_pop (Strategy *self)
{
  self->state->n_entries--;
  strategy_mark_written (self, self->state);
}

/* A collection begins. roots: addresses of the words outside the heap that may hold references; copied. By hand there is
 * nothing to do. */
void
strategy_begin (Strategy *self, StrategyCause cause, const guint64 *roots, guint n_roots)
{
  StrategyState *state = self->state;
  StrategyEntry *entry;
  guint64 generation = self->kind == STRATEGY_COUNTS_CYCLES && cause == STRATEGY_CAUSE_ALLOCATION
                           ? strategy_choose_generation (self)
                           : 2;

  if (self->kind == STRATEGY_MANUAL || self->kind == STRATEGY_COUNTS)
    return;
  g_assert (n_roots <= STRATEGY_MAX_ROOTS);
  if (cause == STRATEGY_CAUSE_ALLOCATION)
    state->has_collected += state->has_collected < 2 ? 1 : 0;
  strategy_mark_written (self, state);
  /* While one runs another would not know the colours: Python's gc and Java's do not nest either. */
  for (guint i = 0; i < state->n_entries; i++)
    if (self->entries[i].kind == STRATEGY_ENTRY_COLLECTION && strategy_kind_is_counted (self->kind))
      return;
  entry = strategy_push (self, STRATEGY_ENTRY_COLLECTION, 0);
  /* Generational: a minor one first, a full one when that was not enough or all is asked for. */
  entry->variant = self->kind == STRATEGY_GENERATIONAL
                       ? cause == STRATEGY_CAUSE_ASKED || state->has_collected > 1
                             || strategy_needs_full (self)
                       : generation;
  state->n_roots = n_roots;
  memcpy (self->roots, roots, n_roots * sizeof *roots);
  mem_array_mark_range (self->array, (guint8 *)self->roots - self->base,
                        MAX (n_roots, 1) * sizeof *roots);
  state->n_grey = 0;
  state->n_kept = 0;
  state->statistics.n_found = 0;
  entry->first_call = state->n_calls;
  /* After a collection of the young alone an allocation may ask for a full one. */
  if (cause == STRATEGY_CAUSE_ALLOCATION
      && (self->kind != STRATEGY_GENERATIONAL || entry->variant == 1))
    state->has_collected = 2;
}

gboolean
strategy_has_work (const Strategy *self)
{
  return strategy_is_busy (self);
}

/* Small steps of the collection on top. */
static StrategyWork
run_collection (Strategy *self, StrategyEntry *entry, guint64 *n_left, StrategyTask *task)
{
  switch (self->kind)
    {
    case STRATEGY_COUNTS_CYCLES:
      return strategy_run_cycle (self, entry, n_left, task);
    case STRATEGY_MARK_SWEEP:
    case STRATEGY_MARK_COMPACT:
      return strategy_run_trace (self, entry, n_left, task);
    case STRATEGY_GENERATIONAL:
      if (entry->variant == 1)
        return strategy_run_trace (self, entry, n_left, task);
      return strategy_run_copy (self, entry, n_left, task);
    case STRATEGY_COPYING:
      return strategy_run_copy (self, entry, n_left, task);
    case STRATEGY_MANUAL:
    case STRATEGY_COUNTS:
    case STRATEGY_N_KINDS:
      break;
    }
  g_assert_not_reached ();
}

/* Up to *n_left small steps of what is on top, each of which takes one off *n_left, until something is to be called or there is nothing left to do. task: the last
 * one's. Each is the same whether it is asked for alone or not. */
StrategyWork
strategy_run (Strategy *self, guint64 *n_left, StrategyTask *task)
{
  StrategyWork work = STRATEGY_WORKED;

  while (*n_left > 0 && work == STRATEGY_WORKED)
    {
      StrategyEntry *entry;

      if (!strategy_is_busy (self))
        return STRATEGY_IDLE;
      entry = strategy_get_top (self);
      strategy_mark_written (self, self->state);
      strategy_mark_written (self, entry);
      if (entry->kind == STRATEGY_ENTRY_COLLECTION)
        work = run_collection (self, entry, n_left, task);
      else
        work = strategy_run_deaths (self, n_left, task);
    }
  return work;
}

/* One small step of what is on top. */
StrategyWork
strategy_step (Strategy *self, StrategyTask *task)
{
  guint64 one = 1;

  return strategy_run (self, &one, task);
}

/* What was wanted called has come back: the innermost one. */
void
strategy_returned (Strategy *self)
{
  StrategyEntry *entry = strategy_get_top (self);

  g_assert (self->state->n_entries > 0 && entry->is_away);
  entry->is_away = FALSE;
  strategy_mark_written (self, entry);
}

/* The collection on top is over. */
StrategyWork
strategy_finish_collection (Strategy *self, StrategyTask *task)
{
  self->state->statistics.n_runs++;
  strategy_pop (self);
  *task = (StrategyTask){ .kind = STRATEGY_TASK_DONE };
  return STRATEGY_WORKED;
}

/* Whether an object's end is to be told to a finaliser that was not called yet. */
gboolean
strategy_wants_finaliser (const Strategy *self, guint32 id)
{
  const MemShape *shape = strategy_get_shape (self, id);
  const MemBlock *block = mem_block_get (self->space, id), *of;
  guint64 word;

  if (shape->finaliser == 0 || (self->flags[id] & STRATEGY_FINALISED))
    return FALSE;
  if (shape->class_offset == MEM_SHAPE_NONE || shape->flag_offset == MEM_SHAPE_NONE)
    return TRUE;
  word = (guint64)block->begin + shape->class_offset;
  if (*(const guint64 *)(self->space->defined + word) != G_MAXUINT64)
    return FALSE;
  of = mem_block_get (self->space, self->space->provenance[word / 8]);
  return of->read_limit >= (guint64)shape->flag_offset + 8
         && mem_get_word (self->space, (guint64)of->begin + shape->flag_offset) != 0;
}

/* The calls that a tracing collection has found necessary, one after the other, each while the collection waits. */
StrategyWork
strategy_step_calls (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  StrategyState *state = self->state;
  guint32 first, second;
  guint64 index = entry->first_call + entry->index;

  if (index >= state->n_calls)
    {
      state->n_calls = entry->first_call;
      return strategy_finish_collection (self, task);
    }
  first = self->calls[index * 2];
  second = self->calls[index * 2 + 1];
  entry->index++;
  entry->is_away = TRUE;
  if (first == 0)
    *task = (StrategyTask){ .kind = STRATEGY_TASK_FINALISER,
                            .id = second,
                            .function = strategy_get_shape (self, second)->finaliser };
  else
    *task = (StrategyTask){ .kind = STRATEGY_TASK_WEAK_CALLBACK, .id = first, .other = second };
  return STRATEGY_CALL;
}
