/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Counting references, and how an object dies when the last one goes (Collins, "A method for overlapping and erasure of lists", 1960;
 * the order is that of CPython 3.11's subtype_dealloc): its finaliser is called, once in its life; the weak references to it are emptied
 * and their call-backs run, newest first; its children are let go one by one, and one that dies is dead to the end before the next; then
 * it is freed. What a host's recursion would do, a stack of work does.
 *
 * The count is the first word of the object. Only live blocks of the heap that have a shape are counted; all others are
 * immortal. */

#include "strategy-state.h"

guint64
strategy_get_count (const Strategy *self, guint32 id)
{
  return mem_get_word (self->space, mem_block_get (self->space, id)->begin);
}

void
strategy_set_count (Strategy *self, guint32 id, guint64 count)
{
  guint64 at = mem_block_get (self->space, id)->begin;

  mem_set_word (self->space, at, count);
  *(guint64 *)(self->space->defined + at) = G_MAXUINT64;
}

static gboolean
is_counted (const Strategy *self, guint32 id)
{
  const MemBlock *block = mem_block_get (self->space, id);

  return id != 0 && block->kind == MEM_BLOCK_HEAP && block->state == MEM_BLOCK_LIVE
         && block->shape != 0;
}

/* One more reference to the block. */
void
strategy_retain (Strategy *self, guint32 id)
{
  if (is_counted (self, id))
    strategy_set_count (self, id, strategy_get_count (self, id) + 1);
}

/* One reference less; without any the block's death begins: see strategy_has_work(). */
void
strategy_release (Strategy *self, guint32 id)
{
  guint64 count;

  if (!is_counted (self, id))
    return;
  count = strategy_get_count (self, id);
  /* A program that has written over the count keeps its object. */
  if (count == 0)
    return;
  strategy_set_count (self, id, count - 1);
  if (count > 1 || (self->flags[id] & STRATEGY_DYING))
    return;
  strategy_set_flag (self, id, STRATEGY_DYING, TRUE);
  strategy_push (self, STRATEGY_ENTRY_DEATH, id);
}

/* ---- weak references ---- */

static guint64
get_field (const Strategy *self, guint32 id, guint32 offset)
{
  return (guint64)mem_block_get (self->space, id)->begin + offset;
}

static void
set_word (Strategy *self, guint64 at, guint32 to)
{
  mem_set_pointer (self->space, at, to != 0 ? mem_block_get (self->space, to)->begin : 0, to);
}

static void
empty_target (Strategy *self, guint32 reference)
{
  const MemShape *shape = strategy_get_shape (self, reference);

  for (guint i = 0; i < shape->words->len; i++)
    {
      const MemShapeWord *word = &g_array_index (shape->words, MemShapeWord, i);

      if (mem_shape_leads_weakly (shape, word))
        set_word (self, get_field (self, reference, word->offset), 0);
    }
}

static gboolean
has_callback (const Strategy *self, guint32 reference)
{
  guint32 offset = strategy_get_shape (self, reference)->weak_callback;

  return offset != MEM_SHAPE_NONE
         && mem_shape_get_target (self->space, get_field (self, reference, offset)) != 0;
}

/* The list begins with the newest reference, whose call-back is called first. When all have been called they are let go, the oldest first
 * (PyObject_ClearWeakRefs keeps them in a tuple, which lets go of its last item first). What is done last is pushed first. */
static void
queue_callbacks (Strategy *self, const GArray *references)
{
  for (guint i = 0; i < references->len; i++)
    {
      guint32 reference = g_array_index (references, guint32, i);

      strategy_retain (self, reference);
      strategy_push (self, STRATEGY_ENTRY_CALLBACK, reference)->phase = STRATEGY_CALLBACK_LET_GO;
    }
  for (guint i = references->len; i-- > 0;)
    strategy_push (self, STRATEGY_ENTRY_CALLBACK, g_array_index (references, guint32, i));
}

/* Empties all weak references to an object. queues: the call-backs of those that live are put on the stack. */
void
strategy_clear_weak (Strategy *self, guint32 id, gboolean queues)
{
  guint32 head = strategy_get_shape (self, id)->weak_head;
  g_autoptr (GArray) references = NULL;
  guint32 reference;

  if (head == MEM_SHAPE_NONE)
    return;
  references = g_array_new (FALSE, FALSE, sizeof (guint32));
  reference = mem_shape_get_target (self->space, get_field (self, id, head));
  while (reference != 0)
    {
      const MemShape *shape = strategy_get_shape (self, reference);
      guint32 next = 0;

      if (shape->weak_next != MEM_SHAPE_NONE)
        {
          next = mem_shape_get_target (self->space, get_field (self, reference, shape->weak_next));
          set_word (self, get_field (self, reference, shape->weak_next), 0);
        }
      if (shape->weak_previous != MEM_SHAPE_NONE)
        set_word (self, get_field (self, reference, shape->weak_previous), 0);
      empty_target (self, reference);
      if (queues && (self->flags[reference] & STRATEGY_DYING) == 0
          && has_callback (self, reference))
        g_array_append_val (references, reference);
      reference = next;
    }
  set_word (self, get_field (self, id, head), 0);
  queue_callbacks (self, references);
}

/* A weak reference that dies leaves its target's list. */
static void
unlink_reference (Strategy *self, guint32 id)
{
  const MemShape *shape = strategy_get_shape (self, id);
  guint32 next, previous, target = 0;

  if (shape->weak_next == MEM_SHAPE_NONE || shape->weak_previous == MEM_SHAPE_NONE)
    return;
  next = mem_shape_get_target (self->space, get_field (self, id, shape->weak_next));
  previous = mem_shape_get_target (self->space, get_field (self, id, shape->weak_previous));
  for (guint i = 0; i < shape->words->len && target == 0; i++)
    {
      const MemShapeWord *word = &g_array_index (shape->words, MemShapeWord, i);

      if (mem_shape_leads_weakly (shape, word))
        target = mem_shape_get_target (self->space, get_field (self, id, word->offset));
    }
  if (next != 0)
    set_word (self, get_field (self, next, strategy_get_shape (self, next)->weak_previous),
              previous);
  if (previous != 0)
    set_word (self, get_field (self, previous, strategy_get_shape (self, previous)->weak_next),
              next);
  else if (target != 0 && strategy_get_shape (self, target)->weak_head != MEM_SHAPE_NONE
           && mem_shape_get_target (
                  self->space,
                  get_field (self, target, strategy_get_shape (self, target)->weak_head))
                  == id)
    set_word (self, get_field (self, target, strategy_get_shape (self, target)->weak_head), next);
}

/* A weak reference that is garbage leads nowhere any more, so that the death of its target does not call back. */
void
strategy_drop_weak (Strategy *self, guint32 id)
{
  const MemShape *shape = strategy_get_shape (self, id);

  if (shape->weak_next == MEM_SHAPE_NONE || shape->weak_previous == MEM_SHAPE_NONE)
    return;
  unlink_reference (self, id);
  empty_target (self, id);
  set_word (self, get_field (self, id, shape->weak_next), 0);
  set_word (self, get_field (self, id, shape->weak_previous), 0);
}

/* The call-back is used up and let go, whether or not its weak reference lives on; then the reference, which the entry held. */
static void
let_callback_go (Strategy *self, StrategyEntry *entry, guint64 at, StrategyTask *task)
{
  guint32 callback = mem_shape_get_target (self->space, at), reference = entry->id;

  task->kind = STRATEGY_TASK_RELEASE;
  if (entry->phase == STRATEGY_CALLBACK_LET_GO)
    {
      entry->phase = STRATEGY_CALLBACK_LET_REFERENCE_GO;
      task->id = callback;
      set_word (self, at, 0);
      strategy_release (self, callback);
      return;
    }
  strategy_pop (self);
  task->id = reference;
  strategy_release (self, reference);
}

/* The call-back of one weak reference: its call, or what is to be done after all calls. */
static StrategyWork
step_callback (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  guint64 at = get_field (self, entry->id, strategy_get_shape (self, entry->id)->weak_callback);

  switch ((StrategyCallbackPhase)entry->phase)
    {
    case STRATEGY_CALLBACK_CALL:
      entry->phase = STRATEGY_CALLBACK_CALLED;
      entry->is_away = TRUE;
      *task = (StrategyTask){ .kind = STRATEGY_TASK_WEAK_CALLBACK,
                              .id = mem_shape_get_target (self->space, at),
                              .other = entry->id };
      return STRATEGY_CALL;
    case STRATEGY_CALLBACK_CALLED:
      task->id = entry->id;
      strategy_pop (self);
      return STRATEGY_WORKED;
    case STRATEGY_CALLBACK_LET_GO:
    case STRATEGY_CALLBACK_LET_REFERENCE_GO:
      let_callback_go (self, entry, at, task);
      return STRATEGY_WORKED;
    }
  g_assert_not_reached ();
}

/* ---- phases of a death ---- */

static StrategyWork
finalise (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  if (!strategy_wants_finaliser (self, entry->id))
    {
      entry->phase = STRATEGY_DEATH_WEAK;
      return STRATEGY_WORKED;
    }
  entry->phase = STRATEGY_DEATH_FINALISED;
  entry->is_away = TRUE;
  strategy_set_flag (self, entry->id, STRATEGY_FINALISED, TRUE);
  /* A reference of the entry's, so that it lives while the finaliser runs; a collection meanwhile sees it as any other object, as
   * CPython, which tracks it again for the call. */
  strategy_set_flag (self, entry->id, STRATEGY_DYING, FALSE);
  strategy_set_count (self, entry->id, 1);
  *task = (StrategyTask){ .kind = STRATEGY_TASK_FINALISER,
                          .id = entry->id,
                          .function = strategy_get_shape (self, entry->id)->finaliser };
  return STRATEGY_CALL;
}

/* Whoever kept it in the finaliser has brought it back to life. */
static StrategyWork
look_after_finaliser (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  guint32 id = entry->id;
  guint64 count = strategy_get_count (self, id);

  task->id = id;
  strategy_set_count (self, id, MAX (count, 1) - 1);
  entry->phase = STRATEGY_DEATH_WEAK;
  if (count > 1)
    strategy_pop (self);
  else
    strategy_set_flag (self, id, STRATEGY_DYING, TRUE);
  return STRATEGY_WORKED;
}

static StrategyWork
let_child_go (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  guint32 id = entry->id, child;
  const MemBlock *block = mem_block_get (self->space, id);
  MemWordKind kind = MEM_WORD_REFERENCE;
  guint64 at;

  do
    at = mem_shape_get_word (strategy_get_shape (self, id), self->space, block, entry->index++,
                             &kind);
  while (at != 0 && (kind != MEM_WORD_REFERENCE || mem_shape_get_target (self->space, at) == 0));
  if (at == 0)
    {
      entry->phase = STRATEGY_DEATH_OWNED;
      entry->index = 0;
      return STRATEGY_WORKED;
    }
  child = mem_shape_get_target (self->space, at);
  *task = (StrategyTask){ .kind = STRATEGY_TASK_RELEASE, .id = child };
  strategy_release (self, child);
  return STRATEGY_WORKED;
}

static StrategyWork
free_owned (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  const MemShape *shape = strategy_get_shape (self, entry->id);
  const MemBlock *block = mem_block_get (self->space, entry->id);

  while (entry->index < shape->words->len)
    {
      const MemShapeWord *word = &g_array_index (shape->words, MemShapeWord, entry->index++);
      guint32 owned = word->kind == MEM_WORD_OWNED
                          ? mem_shape_get_target (self->space, (guint64)block->begin + word->offset)
                          : 0;

      if (owned != 0 && mem_block_get (self->space, owned)->shape == 0)
        {
          strategy_end_block (self, owned, task);
          return STRATEGY_WORKED;
        }
    }
  entry->phase = STRATEGY_DEATH_FREE;
  return STRATEGY_WORKED;
}

static StrategyWork
free_it (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  guint32 id = entry->id;

  strategy_pop (self);
  strategy_set_flag (self, id, STRATEGY_DYING, FALSE);
  if (self->state->counts[0] > 0 && mem_shape_has_references (strategy_get_shape (self, id)))
    self->state->counts[0]--;
  strategy_end_block (self, id, task);
  return STRATEGY_WORKED;
}

static G_ALWAYS_INLINE inline StrategyWork
step_death (Strategy *self, StrategyEntry *entry, StrategyTask *task)
{
  switch ((StrategyDeathPhase)entry->phase)
    {
    case STRATEGY_DEATH_FINALISE:
      return finalise (self, entry, task);
    case STRATEGY_DEATH_FINALISED:
      return look_after_finaliser (self, entry, task);
    case STRATEGY_DEATH_WEAK:
      entry->phase = STRATEGY_DEATH_CHILDREN;
      *task = (StrategyTask){ .kind = STRATEGY_TASK_CLEAR_WEAK, .id = entry->id };
      unlink_reference (self, entry->id);
      strategy_clear_weak (self, entry->id, TRUE);
      return STRATEGY_WORKED;
    case STRATEGY_DEATH_CHILDREN:
      return let_child_go (self, entry, task);
    case STRATEGY_DEATH_OWNED:
      return free_owned (self, entry, task);
    case STRATEGY_DEATH_FREE:
      return free_it (self, entry, task);
    }
  g_assert_not_reached ();
}

/* Steps of the deaths and call-backs on top, which push others and come back to them. */
StrategyWork
strategy_run_deaths (Strategy *self, guint64 *n_left, StrategyTask *task)
{
  StrategyWork work = STRATEGY_WORKED;

  while (work == STRATEGY_WORKED && *n_left > 0 && strategy_is_busy (self))
    {
      StrategyEntry *entry = strategy_get_top (self);

      if (entry->kind == STRATEGY_ENTRY_COLLECTION)
        break;
      *task = (StrategyTask){ .kind = STRATEGY_TASK_KEEP };
      strategy_mark_written (self, entry);
      work = entry->kind == STRATEGY_ENTRY_DEATH ? step_death (self, entry, task)
                                                 : step_callback (self, entry, task);
      --*n_left;
    }
  return work;
}
