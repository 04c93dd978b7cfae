/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "memory/mem-heap.h"

G_BEGIN_DECLS

/* Who frees, and when. This is "by hand": the program asks for each block and gives each back, and every mistake in giving back is
 * found by the block's record. A strategy never calls upward; what it says is a result. */

typedef struct
{
  MemSpace *space; /* borrowed */
  MemHeap *heap;   /* borrowed */
  guint64
      *high_water; /* borrowed from the machine's state: no byte from here on was ever given out */
  gboolean no_reuse; /* freed bytes are never given out again */
} StrategyManual;

StrategyManual *strategy_manual_new (MemSpace *space, MemHeap *heap, guint64 *high_water,
                                     gboolean no_reuse);
void strategy_manual_free (StrategyManual *self);

guint64 strategy_manual_allocate (StrategyManual *self, guint32 id, guint64 n_bytes, guint64 *cost);
MemFaultKind strategy_manual_judge_release (StrategyManual *self, guint64 address, guint32 block);
void strategy_manual_release (StrategyManual *self, guint32 block, guint64 *cost);

/* ---- leaks, as LeakSanitizer counts them ---- */

typedef struct
{
  guint64 begin, end; /* addresses of a root's bytes */
} StrategyRoot;

GArray *strategy_find_leaks (MemSpace *space, guint32 n_blocks, const StrategyRoot *roots,
                             guint n_roots);

G_END_DECLS
