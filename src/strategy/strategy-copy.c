/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Copying (Cheney, "A nonrecursive list compacting algorithm", 1970) and generations (Ungar, "Generation scavenging", 1984).
 *
 *     copying        | half | half |                    objects lie in one, and what lives is copied to the other
 *     generational   | eden | survivors | survivors | old |
 *
 * A young object is made in eden; a collection of the young copies what lives to the free survivors' space, and what has survived one already to
 * the old. The roots are then also the words of old objects that lead to young ones, which the write barrier has written down. What has been
 * copied is a queue: scanning it copies what it leads to. The first word of the old place says where the object went. */

#include "strategy-state.h"

#define MAX_NURSERY (1u << 20)
#define MIN_NURSERY 256

static void
enter (StrategyEntry *entry, StrategyCopyPhase phase)
{
  entry->phase = phase;
  entry->index = 0;
}

static inline gboolean
has_generations (const Strategy *self)
{
  return self->kind == STRATEGY_GENERATIONAL;
}

/* ---- the heap's parts ---- */

static guint64
get_half (const Strategy *self)
{
  return (self->heap->end - self->heap->begin) / 2 / 16 * 16;
}

/* Says where each part of the heap begins. */
void
strategy_lay_out (Strategy *self)
{
  guint64 n_heap = self->heap->end - self->heap->begin;
  guint64 nursery = self->settings.nursery_bytes;

  self->state->top = self->heap->begin;
  if (!has_generations (self))
    return;
  if (nursery == 0)
    nursery = MIN (n_heap / 8, MAX_NURSERY);
  nursery = CLAMP (nursery, MIN_NURSERY, MAX (n_heap / 2, MIN_NURSERY)) / 64 * 64;
  self->eden = self->heap->begin;
  self->survivor_bytes = nursery / 4;
  self->survivors[0] = self->eden + nursery / 2;
  self->survivors[1] = self->survivors[0] + self->survivor_bytes;
  self->old = self->survivors[1] + self->survivor_bytes;
  self->state->old_top = self->old;
}

static gboolean
bump_old (Strategy *self, guint64 n_bytes, guint64 *address)
{
  StrategyState *state = self->state;

  if (n_bytes > self->heap->end - MIN (state->old_top, self->heap->end))
    return FALSE;
  *address = state->old_top;
  state->old_top += n_bytes;
  return TRUE;
}

/* A place for a new object, by moving a pointer. FALSE: there is no room. */
gboolean
strategy_bump (Strategy *self, guint64 n_bytes, guint64 *address)
{
  StrategyState *state = self->state;
  guint64 end = self->heap->end;

  n_bytes = strategy_round (n_bytes);
  if (self->kind == STRATEGY_COPYING)
    end = self->heap->begin + get_half (self) * (state->is_flipped ? 2 : 1);
  if (has_generations (self))
    {
      end = self->survivors[0];
      /* A large object would fill eden alone, and be copied in vain. */
      if (n_bytes > (end - self->eden) / 2)
        return bump_old (self, n_bytes, address);
      if (n_bytes > end - state->top && state->has_collected == 2)
        return bump_old (self, n_bytes, address);
    }
  if (n_bytes > end - state->top)
    return FALSE;
  *address = state->top;
  state->top += n_bytes;
  return TRUE;
}

/* Whether the old objects have no room for all the young ones, so that a collection of the young alone might get stuck. */
gboolean
strategy_needs_full (const Strategy *self)
{
  const StrategyState *state = self->state;
  guint64 n_young = state->top - self->eden + self->survivor_bytes;

  return self->heap->end - MIN (state->old_top, self->heap->end) < n_young;
}

/* ---- copying ---- */

/* Where a living object goes; *is_old: among the old ones. */
static inline guint64
choose_place (Strategy *self, guint32 id, guint64 n_bytes, gboolean *is_old)
{
  StrategyState *state = self->state;
  guint64 to = state->free_top;

  *is_old = FALSE;
  if (has_generations (self)
      && ((self->flags[id] & STRATEGY_AGED)
          || to + n_bytes > self->survivors[!state->is_flipped] + self->survivor_bytes))
    {
      *is_old = TRUE;
      to = state->old_top;
      state->old_top += n_bytes;
    }
  else
    state->free_top += n_bytes;
  return to;
}

static G_ALWAYS_INLINE inline void
copy (Strategy *self, guint32 id, StrategyTask *task)
{
  StrategyState *state = self->state;
  MemBlock *block = mem_block_get (self->space, id);
  guint64 from = block->begin, to;
  gboolean is_old;

  to = choose_place (self, id, strategy_round (block->size), &is_old);
  *self->high_water = MAX (*self->high_water, to + block->size);
  strategy_copy_block (self->space, to, from, block->size);
  mem_set_word (self->space, from, to);
  *(guint64 *)(gpointer)(self->space->defined + from) = G_MAXUINT64;
  self->space->provenance[from / 8] = id;
  self->numbers[id] = from;
  strategy_mark_written (self, &self->numbers[id]);
  block->begin = to;
  mem_block_mark (self->space, id);
  strategy_set_colour (self, id, STRATEGY_GREY);
  strategy_put (self, self->grey, &state->n_grey, id);
  state->statistics.n_moved++;
  state->statistics.n_traced++;
  if (has_generations (self))
    strategy_set_flag (self, id, STRATEGY_AGED, !is_old);
  if (is_old)
    {
      strategy_set_flag (self, id, STRATEGY_YOUNG, FALSE);
      strategy_put (self, self->live, &state->n_live, id);
      state->statistics.n_promoted++;
    }
  *task = (StrategyTask){
    .kind = is_old ? STRATEGY_TASK_PROMOTE : STRATEGY_TASK_COPY, .id = id, .from = from, .to = to
  };
}

/* Whether this collection decides about the object's life. */
static inline gboolean
is_collected (const Strategy *self, guint32 id)
{
  return !has_generations (self) || (self->flags[id] & STRATEGY_YOUNG);
}

/* A word that leads to the old place of a copied object leads to the new one. One that was met twice does already. */
static G_ALWAYS_INLINE inline void
lead_on (Strategy *self, guint64 at, guint32 id)
{
  const MemBlock *block = mem_block_get (self->space, id);
  guint64 value = mem_get_word (self->space, at), offset = value - self->numbers[id];

  if (value != block->begin && offset <= block->size)
    mem_set_word (self->space, at, block->begin + offset);
}

/* The object that a word leads to is copied unless it is already, and the word leads there. Whether one was copied. */
static G_ALWAYS_INLINE inline gboolean
follow (Strategy *self, guint64 at, StrategyTask *task)
{
  guint32 id = mem_shape_get_target (self->space, at);
  gboolean copies;

  if (id == 0)
    return FALSE;
  copies = strategy_get_colour (self, id) == STRATEGY_WHITE && is_collected (self, id);
  if (copies)
    copy (self, id, task);
  if (strategy_get_colour (self, id) != STRATEGY_WHITE)
    lead_on (self, at, id);
  return copies;
}

static void
begin (Strategy *self, StrategyTask *task)
{
  StrategyState *state = self->state;

  state->free_top = has_generations (self)
                        ? self->survivors[!state->is_flipped]
                        : self->heap->begin + (state->is_flipped ? 0 : get_half (self));
  state->n_kept = 0;
  /* What an earlier collection wants called still has to be there. */
  for (guint i = 0; i < state->n_calls * 2; i++)
    if (self->calls[i] != 0 && strategy_get_colour (self, self->calls[i]) == STRATEGY_WHITE
        && is_collected (self, self->calls[i]))
      copy (self, self->calls[i], task);
}

static StrategyWork
look_at_root (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  if (entry->index == 0)
    begin (self, task);
  if (entry->index >= self->state->n_roots)
    enter (entry, has_generations (self) ? STRATEGY_COPY_REMEMBERED : STRATEGY_COPY_SCAN);
  else if (!follow (self, self->roots[entry->index++], task))
    task->kind = STRATEGY_TASK_ROOT;
  return STRATEGY_WORKED;
}

/* A word of an old object; it stays written down while it leads to a young one. */
static StrategyWork
look_at_remembered (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  StrategyState *state = self->state;
  guint32 word, target;
  guint64 bit;

  if (entry->index >= state->n_remembered)
    {
      state->n_remembered = state->n_kept;
      state->n_kept = 0;
      enter (entry, STRATEGY_COPY_SCAN);
      return STRATEGY_WORKED;
    }
  word = self->remembered[entry->index++];
  task->kind = STRATEGY_TASK_ROOT;
  follow (self, word, task);
  target = mem_shape_get_target (self->space, word);
  if (target != 0 && (self->flags[target] & STRATEGY_YOUNG))
    {
      strategy_put (self, self->remembered, &state->n_kept, word);
      return STRATEGY_WORKED;
    }
  bit = (word - self->heap->begin) / 8;
  self->is_remembered[bit / 8] &= ~(1u << bit % 8);
  strategy_mark_written (self, &self->is_remembered[bit / 8]);
  return STRATEGY_WORKED;
}

/* Word `index` of a copied object. A raw block may hold the elements of an old object, which is not scanned, so what its words say is
 * followed whoever it belongs to. 0: there are no more. */
static G_ALWAYS_INLINE inline guint64
get_scanned_word (const Strategy *self, guint32 id, guint32 index, MemWordKind *kind)
{
  const MemBlock *block = mem_block_get (self->space, id);
  const MemShape *shape = strategy_get_shape (self, id);

  /* Most objects have nothing but a few words. */
  if (index < shape->words->len)
    {
      const MemShapeWord *word = &g_array_index (shape->words, MemShapeWord, index);

      *kind = word->kind;
      return (guint64)block->begin + word->offset;
    }
  if (block->shape != 0 && shape->count_offset == MEM_SHAPE_NONE)
    return 0;
  if (!has_generations (self) || block->shape != 0)
    return mem_shape_get_word (shape, self->space, block, index, kind);
  *kind = MEM_WORD_REFERENCE;
  return index < block->size / 8 ? (guint64)block->begin + index * 8 : 0;
}

/* Goes on in the object at the queue's head until another is copied, or it has no more words. */
static G_ALWAYS_INLINE inline StrategyWork
scan (Strategy *self, StrategyEntry *entry, StrategyTask *task, StrategyCopyPhase next,
      Strategy *whole)
{
  StrategyState *state = self->state;
  MemWordKind kind = MEM_WORD_REFERENCE;
  gboolean is_old;
  guint32 id;
  guint64 at;

  if (entry->index >= state->n_grey)
    {
      state->n_kept = 0;
      enter (entry, next);
      return STRATEGY_WORKED;
    }
  id = self->grey[entry->index];
  is_old = has_generations (self) && (self->flags[id] & STRATEGY_YOUNG) == 0;
  *task = (StrategyTask){ .kind = STRATEGY_TASK_MARK, .id = id };
  while ((at = get_scanned_word (self, id, entry->id, &kind)) != 0)
    {
      /* Weak references that only a finaliser will see are not emptied any more, so they have to hold. */
      gboolean is_strong = kind != MEM_WORD_WEAK || entry->phase == STRATEGY_COPY_REVIVE;
      gboolean copies = is_strong && follow (self, at, task);

      entry->id++;
      if (is_old && is_strong)
        strategy_stored (whole, at, mem_shape_get_target (self->space, at));
      if (copies)
        return STRATEGY_WORKED;
    }
  strategy_set_colour (self, id, STRATEGY_BLACK);
  entry->index++;
  entry->id = 0;
  return STRATEGY_WORKED;
}

/* ---- weak references and finalisers ---- */

static inline guint32
next_of (guint32 *list, guint32 n, StrategyEntry *entry)
{
  return entry->index < n ? list[entry->index++] : 0;
}

static inline guint32
next_collected (Strategy *self, StrategyEntry *entry)
{
  return has_generations (self) ? next_of (self->young, self->state->n_young, entry)
                                : next_of (self->live, self->state->n_live, entry);
}

static gboolean
leads_weakly_to_young (const Strategy *self, guint32 id)
{
  const MemShape *shape = strategy_get_shape (self, id);
  const MemBlock *block = mem_block_get (self->space, id);
  guint64 n = mem_shape_has_weak (shape) ? mem_shape_count_words (shape, self->space, block) : 0;

  for (guint64 i = 0; i < n; i++)
    {
      MemWordKind kind;
      guint64 at = mem_shape_get_word (shape, self->space, block, i, &kind);
      guint32 target = kind == MEM_WORD_WEAK ? mem_shape_get_target (self->space, at) : 0;

      if (target != 0 && (self->flags[target] & STRATEGY_YOUNG))
        return TRUE;
    }
  return FALSE;
}

/* An old object that leads weakly to a young one is looked at by each collection of the young. (A weak word that the program itself stored
 * into an old object is remembered as if it held: the barrier does not know what kind of word it is. A full collection does.) */
void
strategy_note_weak (Strategy *self, guint32 id)
{
  if (has_generations (self) && (self->flags[id] & STRATEGY_YOUNG) == 0
      && leads_weakly_to_young (self, id))
    strategy_put (self, self->generations[0], &self->state->n_generation[0], id);
}

/* Weak words are emptied, or led to where their targets went. */
static void
settle_weak_words (Strategy *self, guint32 id, StrategyTask *task)
{
  const MemShape *shape = strategy_get_shape (self, id);
  const MemBlock *block = mem_block_get (self->space, id);
  guint64 n = mem_shape_has_weak (shape) ? mem_shape_count_words (shape, self->space, block) : 0;

  if (strategy_clear_weak_words (self, id, has_generations (self)) > 0)
    *task = (StrategyTask){ .kind = STRATEGY_TASK_CLEAR_WEAK, .id = id };
  for (guint64 i = 0; i < n; i++)
    {
      MemWordKind kind;
      guint64 at = mem_shape_get_word (shape, self->space, block, i, &kind);

      if (kind == MEM_WORD_WEAK)
        follow (self, at, task);
    }
}

/* Old objects that led weakly to young ones. */
static StrategyWork
clear_weak_old (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  StrategyState *state = self->state;
  guint32 id = next_of (self->generations[0], state->n_generation[0], entry);

  if (id == 0)
    {
      state->n_generation[0] = state->n_kept;
      enter (entry, STRATEGY_COPY_WEAK);
      return STRATEGY_WORKED;
    }
  settle_weak_words (self, id, task);
  if (leads_weakly_to_young (self, id))
    strategy_put (self, self->generations[0], &state->n_kept, id);
  return STRATEGY_WORKED;
}

static StrategyWork
clear_weak (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  guint32 id = self->has_weak ? next_collected (self, entry) : 0;

  if (id == 0)
    enter (entry, STRATEGY_COPY_FINALISERS);
  else if (strategy_get_colour (self, id) != STRATEGY_WHITE)
    {
      settle_weak_words (self, id, task);
      strategy_note_weak (self, id);
    }
  return STRATEGY_WORKED;
}

/* What is dead and has a finaliser lives for this once. */
static StrategyWork
find_finalisers (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  StrategyState *state = self->state;
  guint32 id;

  if (entry->index == 0)
    state->n_kept = state->n_grey;
  id = self->has_finalisers ? next_collected (self, entry) : 0;
  if (id == 0)
    {
      enter (entry, STRATEGY_COPY_REVIVE);
      /* What was copied before was scanned. */
      entry->index = state->n_kept;
      return STRATEGY_WORKED;
    }
  if (strategy_get_colour (self, id) != STRATEGY_WHITE || !is_collected (self, id)
      || !strategy_wants_finaliser (self, id))
    return STRATEGY_WORKED;
  strategy_set_flag (self, id, STRATEGY_FINALISED, TRUE);
  self->calls[state->n_calls * 2] = 0;
  self->calls[state->n_calls * 2 + 1] = id;
  strategy_mark_written (self, &self->calls[state->n_calls * 2]);
  state->n_calls++;
  copy (self, id, task);
  return STRATEGY_WORKED;
}

/* ---- the rest ---- */

static StrategyWork
end_sweep (Strategy *self, StrategyEntry *entry)
{
  StrategyState *state = self->state;

  state->is_flipped = !state->is_flipped;
  if (has_generations (self))
    {
      state->n_young = state->n_kept;
      state->top = self->eden;
    }
  else
    {
      state->n_live = state->n_kept;
      state->top = state->free_top;
    }
  enter (entry, STRATEGY_COPY_CALLS);
  return STRATEGY_WORKED;
}

static G_ALWAYS_INLINE inline StrategyWork
sweep (Strategy *self, StrategyEntry *entry, StrategyTask *task, Strategy *whole)
{
  StrategyState *state = self->state;
  guint32 id;

  if (entry->index == 0)
    state->n_kept = 0;
  id = next_collected (self, entry);
  if (id == 0)
    return end_sweep (whole, entry);
  task->id = id;
  /* One that was given back by hand. */
  if (mem_block_get (self->space, id)->state != MEM_BLOCK_LIVE)
    return STRATEGY_WORKED;
  if (strategy_get_colour (self, id) == STRATEGY_WHITE)
    {
      state->statistics.n_found++;
      strategy_end_block (whole, id, task);
      return STRATEGY_WORKED;
    }
  strategy_set_colour (self, id, STRATEGY_WHITE);
  if (!has_generations (self))
    strategy_put (self, self->live, &state->n_kept, id);
  else if (self->flags[id] & STRATEGY_YOUNG)
    strategy_put (self, self->young, &state->n_kept, id);
  return STRATEGY_WORKED;
}

/* ---- many steps of one phase ---- */

/* Where the time goes: see the function of the same name in strategy-trace.c. */
static StrategyWork
step_hot_phase (Strategy *self, StrategyEntry *entry, guint64 *n_left, StrategyTask *task)
{
  Strategy view = *self;
  guint64 n = *n_left;
  guint8 phase = entry->phase;

  do
    {
      *task = (StrategyTask){ .kind = STRATEGY_TASK_KEEP };
      if (phase == STRATEGY_COPY_SCAN)
        scan (&view, entry, task, STRATEGY_COPY_WEAK_OLD, self);
      else
        sweep (&view, entry, task, self);
      n--;
    }
  while (n > 0 && entry->phase == phase);
  *n_left = n;
  return STRATEGY_WORKED;
}

static StrategyWork
step (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  switch ((StrategyCopyPhase)entry->phase)
    {
    case STRATEGY_COPY_ROOTS:
      return look_at_root (self, entry, task);
    case STRATEGY_COPY_REMEMBERED:
      return look_at_remembered (self, entry, task);
    case STRATEGY_COPY_WEAK:
      return clear_weak (self, entry, task);
    case STRATEGY_COPY_WEAK_OLD:
      return clear_weak_old (self, entry, task);
    case STRATEGY_COPY_FINALISERS:
      return find_finalisers (self, entry, task);
    case STRATEGY_COPY_REVIVE:
      return scan (self, entry, task, STRATEGY_COPY_SWEEP, self);
    case STRATEGY_COPY_CALLS:
      return strategy_step_calls (self, entry, task);
    case STRATEGY_COPY_SCAN:
    case STRATEGY_COPY_SWEEP:
      break;
    }
  g_assert_not_reached ();
}

/* Steps of the collection on top, until something is put on top of it or it is over. */
StrategyWork
strategy_run_copy (Strategy *self, StrategyEntry *entry, guint64 *n_left, StrategyTask *task)
{
  guint32 n_entries = self->state->n_entries;
  StrategyWork work;

  do
    {
      if (entry->phase == STRATEGY_COPY_SCAN || entry->phase == STRATEGY_COPY_SWEEP)
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
