/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Memory by hand: see strategy.h. */

#include "strategy.h"

/* space, heap, high_water: borrowed, must outlive it */
StrategyManual *
strategy_manual_new (MemSpace *space, MemHeap *heap, guint64 *high_water, gboolean no_reuse)
{
  StrategyManual *self = g_new0 (StrategyManual, 1);

  self->space = space;
  self->heap = heap;
  self->high_water = high_water;
  self->no_reuse = no_reuse;
  return self;
}

void
strategy_manual_free (StrategyManual *self)
{
  g_free (self);
}

/* Bytes that were never given out are undefined already; so a block of fresh memory costs no touch of it. */
static void
clear_old_bytes (StrategyManual *self, guint64 begin, guint64 n_bytes)
{
  guint64 end = begin + n_bytes;

  if (begin < *self->high_water)
    mem_set_undefined (self->space, begin, MIN (end, *self->high_water) - begin);
  *self->high_water = MAX (*self->high_water, end);
}

/* Makes block `id`, n_bytes of undefined bytes. Address, or 0 when there is no room. *cost: ticks of the search. */
guint64
strategy_manual_allocate (StrategyManual *self, guint32 id, guint64 n_bytes, guint64 *cost)
{
  guint64 address = self->heap->allocator->allocate (self->heap, n_bytes, cost);

  if (address == 0)
    return 0;
  mem_block_begin (self->space, id, MEM_BLOCK_HEAP, address, n_bytes);
  clear_old_bytes (self, address, n_bytes);
  return address;
}

/* What is wrong with giving back this pointer; MEM_FAULT_NONE when nothing is. */
MemFaultKind
strategy_manual_judge_release (StrategyManual *self, guint64 address, guint32 id)
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
strategy_manual_release (StrategyManual *self, guint32 id, guint64 *cost)
{
  MemBlock *block = mem_block_get (self->space, id);

  *cost = 1;
  mem_block_end (self->space, id, MEM_BLOCK_FREED);
  if (!self->no_reuse)
    self->heap->allocator->release (self->heap, block->begin, cost);
}
