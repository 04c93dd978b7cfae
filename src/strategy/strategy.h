/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "memory/mem-heap.h"
#include "memory/mem-shape.h"

G_BEGIN_DECLS

/* Who frees, and when. The machine asks; a strategy never calls upward: what must be run (a finaliser, a weak reference's call-back) it
 * answers. It traces by MemShape and knows neither languages nor types.
 *
 * All that a strategy has to do besides allocating is done in small steps, each a tick, so that a run can be looked at in the middle of a
 * collection. Everything it knows between two steps lies in one paged array. */

typedef enum
{
#define STRATEGY(id, name, meaning) STRATEGY_##id,
#include "strategy.def"
#undef STRATEGY
  STRATEGY_N_KINDS,
} StrategyKind;

const char *strategy_kind_get_name (StrategyKind kind);
gboolean strategy_kind_find (const char *name, StrategyKind *kind);
gboolean strategy_kind_is_counted (StrategyKind kind);
gboolean strategy_kind_is_traced (StrategyKind kind);
const MemAllocator *strategy_kind_get_allocator (StrategyKind kind);

typedef struct
{
  gboolean no_reuse;                     /* by hand: freed bytes are not given out again */
  gboolean collects_at_every_allocation; /* for finding what a collection breaks */
  guint64 nursery_bytes;                 /* generational; 0: an eighth of the heap, at most 1 MiB */
} StrategySettings;

typedef struct _Strategy Strategy;

/* ---- allocation ---- */

typedef enum
{
  STRATEGY_DONE,
  STRATEGY_COLLECT, /* begin a collection, let it end, ask again; nothing has changed */
  STRATEGY_FULL,    /* no room, even after a collection */
} StrategyAnswer;

Strategy *strategy_new (StrategyKind kind, MemSpace *space, MemHeap *heap, const MemShape *shapes,
                        guint n_shapes, guint64 *high_water, const StrategySettings *settings);
void strategy_free (Strategy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Strategy, strategy_free)

StrategyKind strategy_get_kind (const Strategy *self);
MemArray *strategy_get_array (Strategy *self);

StrategyAnswer strategy_allocate (Strategy *self, guint32 id, guint64 n_bytes, guint32 shape,
                                  guint64 *address, guint64 *cost);
MemFaultKind strategy_judge_release (const Strategy *self, guint64 address, guint32 block);
void strategy_free_block (Strategy *self, guint32 id, guint64 *cost);
gboolean strategy_has_barrier (const Strategy *self);
void strategy_stored (Strategy *self, guint64 word, guint32 to);

/* ---- counting ---- */

void strategy_retain (Strategy *self, guint32 id);
void strategy_release (Strategy *self, guint32 id);

/* ---- work ---- */

typedef enum
{
  STRATEGY_CAUSE_ALLOCATION, /* no room, or the time has come */
  STRATEGY_CAUSE_ASKED,      /* by the program: everything is collected */
} StrategyCause;

typedef enum
{
#define TASK(id, name, meaning) STRATEGY_TASK_##id,
#include "strategy-task.def"
#undef TASK
  STRATEGY_N_TASKS,
} StrategyTaskKind;

const char *strategy_task_kind_get_name (StrategyTaskKind kind);

typedef struct
{
  StrategyTaskKind kind;
  guint32 id;       /* block; 0: none */
  guint32 other;    /* WEAK_CALLBACK: the weak reference, where id is the call-back */
  guint32 function; /* FINALISER: its number */
  guint64 from, to; /* COPY, PROMOTE: addresses */
} StrategyTask;

typedef enum
{
  STRATEGY_IDLE,   /* nothing left to do, or nothing above the call that runs */
  STRATEGY_WORKED, /* one step; task says what it did */
  STRATEGY_CALL,   /* task says what is to be called; strategy_returned() when it is over */
} StrategyWork;

gboolean strategy_has_work (const Strategy *self);
void strategy_begin (Strategy *self, StrategyCause cause, const guint64 *roots, guint n_roots);
StrategyWork strategy_step (Strategy *self, StrategyTask *task);
StrategyWork strategy_run (Strategy *self, guint64 *n_left, StrategyTask *task);
void strategy_returned (Strategy *self);

typedef struct
{
  guint64 n_runs, n_freed, n_moved, n_traced, n_promoted; /* collections; objects */
  guint64 n_found; /* what the last collection found unreachable */
} StrategyStatistics;

StrategyStatistics strategy_get_statistics (const Strategy *self);
char *strategy_complain (Strategy *self, const guint64 *roots, guint n_roots);

/* ---- leaks, as LeakSanitizer counts them ---- */

typedef struct
{
  guint64 begin, end; /* addresses of a root's bytes */
} StrategyRoot;

GArray *strategy_find_leaks (MemSpace *space, guint32 n_blocks, const StrategyRoot *roots,
                             guint n_roots);

G_END_DECLS
