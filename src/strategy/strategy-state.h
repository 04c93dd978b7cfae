/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "strategy.h"

G_BEGIN_DECLS

/* What the files of this folder share. All of it but the first part of Strategy lies in one paged array, in stretches of their own. */

/* Tri-colour marking (Dijkstra et al., "On-the-fly garbage collection", 1978), and what else is known of a block, in one byte by id. */
enum
{
  STRATEGY_WHITE = 0, /* not seen */
  STRATEGY_GREY = 1,  /* seen, not looked into */
  STRATEGY_BLACK = 2, /* looked into */
  STRATEGY_COLOUR = 3,
  STRATEGY_FINALISED = 1 << 2, /* its finaliser was called; it never is again */
  STRATEGY_DYING = 1 << 3,     /* on the work stack */
  STRATEGY_YOUNG = 1 << 4,
  STRATEGY_AGED = 1 << 5,      /* survived one minor collection */
  STRATEGY_CANDIDATE = 1 << 6, /* of the cycle collection that runs */
  STRATEGY_DOUBTED = 1 << 7,   /* a candidate that nothing outside was found to lead to, so far */
};

/* Something on the work stack. Deaths and collections nest: what a finaliser lets die is done before the finaliser goes on. */
typedef enum
{
  STRATEGY_ENTRY_DEATH,    /* of the block id */
  STRATEGY_ENTRY_CALLBACK, /* of the weak reference id */
  STRATEGY_ENTRY_COLLECTION,
} StrategyEntryKind;

typedef struct
{
  guint8 kind;        /* StrategyEntryKind */
  guint8 phase;       /* of its kind */
  guint8 is_away;     /* what it wanted called runs now */
  guint8 variant;     /* COLLECTION: StrategyCollection; cycles: the generation */
  guint32 id;         /* block; COLLECTION: how far the phase is in the object at hand */
  guint32 first_call; /* COLLECTION: index of its own first one in calls */
  guint32 index;      /* how far the phase is */
} StrategyEntry;

/* No entry reaches into a second page, so that marking its first byte as written is enough. */
G_STATIC_ASSERT (4096 % sizeof (StrategyEntry) == 0);

typedef struct
{
  guint32 n_entries, n_roots, n_grey, n_calls;
  guint32 n_live;  /* ids in live: in the order of their addresses where objects are moved */
  guint32 n_young; /* ids in young */
  guint32 n_kept;  /* of live or young, kept by the phase that goes through it */
  guint32 n_remembered;
  guint32
      has_collected; /* the next allocation may not ask for a collection again; 2: it was a full one */
  guint64 top;       /* address: the next object that is allocated by moving a pointer */
  guint64 old_top;  /* generational: the same for old objects */
  guint64 free_top; /* where the phase that moves objects puts the next one */
  guint32
      is_flipped; /* copying: objects lie in the upper half; generational: in the second survivor space */
  /* Cycles */
  guint32 n_generation[3]; /* ids in each */
  guint32 counts[3];       /* what thresholds are compared with */
  guint64 long_lived_pending, long_lived_total;
  StrategyStatistics statistics;
} StrategyState;

struct _Strategy
{
  StrategyKind kind;
  StrategySettings settings;
  MemSpace *space;        /* borrowed */
  MemHeap *heap;          /* borrowed */
  const MemShape *shapes; /* borrowed; by MemBlock.shape */
  guint n_shapes;
  guint64
      *high_water; /* borrowed from the machine's state: no byte from here on was ever given out */
  gboolean has_weak, has_finalisers; /* some shape has */
  MemArray *array;
  guint8 *base; /* of the array's plane */
  /* Stretches of the array */
  StrategyState *state;
  StrategyEntry *entries;
  guint64 *roots; /* addresses of words */
  guint8 *flags;  /* by id */
  guint32 *live;  /* ids */
  guint32 *young; /* ids */
  guint32 *grey;  /* ids: stack of mark, queue of copy */
  guint32 *
      numbers; /* by id: forwarding address of compaction; count without the inner references of cycles */
  guint32 *calls; /* pairs: 0 and an object to finalise; a call-back and its weak reference */
  guint32 *generations
      [3]; /* ids; generational: the first holds old ones that lead weakly to young ones */
  guint32 *remembered;   /* addresses of words in old objects that lead to young ones */
  guint8 *is_remembered; /* a bit for each word of the heap */
  /* Generational: the nursery */
  guint64 eden, survivors[2], old; /* addresses where they begin; old ends with the heap */
  guint64 survivor_bytes;
};

#define STRATEGY_MAX_ROOTS (1u << 22)
#define STRATEGY_MAX_ENTRIES MEM_MAX_BLOCKS

/* ---- phases: StrategyEntry.phase ---- */

typedef enum
{
  STRATEGY_TRACE_ROOTS,
  STRATEGY_TRACE_MARK,
  STRATEGY_TRACE_WEAK,
  STRATEGY_TRACE_FINALISERS,
  STRATEGY_TRACE_REVIVE, /* marks what finalisers will see */
  STRATEGY_TRACE_SWEEP,  /* compact: and chooses places */
  STRATEGY_TRACE_FIX_ROOTS,
  STRATEGY_TRACE_FIX,
  STRATEGY_TRACE_MOVE,
  STRATEGY_TRACE_REMEMBER, /* generations: which old objects lead to young ones that stayed */
  STRATEGY_TRACE_CALLS,
} StrategyTracePhase;

typedef enum
{
  STRATEGY_COPY_ROOTS,
  STRATEGY_COPY_REMEMBERED,
  STRATEGY_COPY_SCAN,
  STRATEGY_COPY_WEAK_OLD, /* old objects that lead weakly to young ones */
  STRATEGY_COPY_WEAK,
  STRATEGY_COPY_FINALISERS,
  STRATEGY_COPY_REVIVE,
  STRATEGY_COPY_SWEEP,
  STRATEGY_COPY_CALLS,
} StrategyCopyPhase;

typedef enum
{
  STRATEGY_CYCLE_COUNT,    /* all candidates, their counts copied */
  STRATEGY_CYCLE_SUBTRACT, /* references from inside */
  STRATEGY_CYCLE_REACH,    /* what is held from outside */
  STRATEGY_CYCLE_WEAK,
  STRATEGY_CYCLE_CALLBACKS,
  STRATEGY_CYCLE_FINALISE,
  STRATEGY_CYCLE_RECOUNT, /* once more, after the finalisers */
  STRATEGY_CYCLE_RESUBTRACT,
  STRATEGY_CYCLE_REREACH,
  STRATEGY_CYCLE_CLEAR,
  STRATEGY_CYCLE_DONE,
} StrategyCyclePhase;

typedef enum
{
  STRATEGY_DEATH_FINALISE,
  STRATEGY_DEATH_FINALISED,
  STRATEGY_DEATH_WEAK,
  STRATEGY_DEATH_CHILDREN,
  STRATEGY_DEATH_OWNED,
  STRATEGY_DEATH_FREE,
} StrategyDeathPhase;

typedef enum
{
  STRATEGY_CALLBACK_CALL,
  STRATEGY_CALLBACK_CALLED,
  STRATEGY_CALLBACK_LET_GO, /* an entry of its own: the entry holds the weak reference */
  STRATEGY_CALLBACK_LET_REFERENCE_GO,
} StrategyCallbackPhase;

/* Whoever writes into the array says so. */
static inline void
strategy_mark_written (Strategy *self, gconstpointer at)
{
  mem_array_mark (self->array, (guint64)((const guint8 *)at - self->base));
}

static inline const MemShape *
strategy_get_shape (const Strategy *self, guint32 id)
{
  return &self->shapes[mem_block_get (self->space, id)->shape];
}

static inline guint
strategy_get_colour (const Strategy *self, guint32 id)
{
  return self->flags[id] & STRATEGY_COLOUR;
}

static inline void
strategy_set_colour (Strategy *self, guint32 id, guint colour)
{
  self->flags[id] = (self->flags[id] & ~STRATEGY_COLOUR) | colour;
  strategy_mark_written (self, &self->flags[id]);
}

static inline void
strategy_set_flag (Strategy *self, guint32 id, guint flag, gboolean on)
{
  self->flags[id] = on ? self->flags[id] | flag : self->flags[id] & ~flag;
  strategy_mark_written (self, &self->flags[id]);
}

static inline void
strategy_put (Strategy *self, guint32 *array, guint32 *n, guint32 id)
{
  array[(*n)++] = id;
  strategy_mark_written (self, &array[*n - 1]);
}

static inline guint64
strategy_round (guint64 n_bytes)
{
  return (MAX (n_bytes, 1) + 15) / 16 * 16;
}

static inline StrategyEntry *
strategy_get_top (const Strategy *self)
{
  return &self->entries[self->state->n_entries - 1];
}

/* Whether something is to be done before the program goes on. What stands below a call that runs has to wait. */
static inline gboolean
strategy_is_busy (const Strategy *self)
{
  return self->state->n_entries > 0 && !strategy_get_top (self)->is_away;
}

/* Moves an object's bytes with their defined bits and provenance; to another place or downward, as collectors do. Most objects are a few
 * words. */
static inline void
strategy_copy_block (MemSpace *space, guint64 to, guint64 from, guint64 n_bytes)
{
  if (n_bytes > 64 || n_bytes % 8 != 0)
    {
      mem_copy (space, to, from, n_bytes);
      return;
    }
  for (guint64 i = 0; i < n_bytes; i += 8)
    {
      *(guint64 *)(gpointer)(space->bytes + to + i)
          = *(const guint64 *)(gconstpointer)(space->bytes + from + i);
      *(guint64 *)(gpointer)(space->defined + to + i)
          = *(const guint64 *)(gconstpointer)(space->defined + from + i);
      space->provenance[(to + i) / 8] = space->provenance[(from + i) / 8];
      mem_array_mark (space->array, to + i);
    }
  mem_tell_write (space, to, n_bytes);
}

/* A white object becomes grey. */
static inline void
strategy_shade (Strategy *self, guint32 id)
{
  if (id == 0 || strategy_get_colour (self, id) != STRATEGY_WHITE)
    return;
  strategy_set_colour (self, id, STRATEGY_GREY);
  strategy_put (self, self->grey, &self->state->n_grey, id);
}

/* ---- strategy.c ---- */
StrategyEntry *strategy_push (Strategy *self, StrategyEntryKind kind, guint32 id);
void strategy_pop (Strategy *self);
void strategy_clear_old_bytes (Strategy *self, guint64 begin, guint64 n_bytes);
void strategy_end_block (Strategy *self, guint32 id, StrategyTask *task);
gboolean strategy_wants_finaliser (const Strategy *self, guint32 id);
StrategyWork strategy_finish_collection (Strategy *self, StrategyTask *task);
StrategyWork strategy_step_calls (Strategy *self, StrategyEntry *entry, StrategyTask *task);

/* ---- strategy-death.c ---- */
StrategyWork strategy_run_deaths (Strategy *self, guint64 *n_left, StrategyTask *task);
guint64 strategy_get_count (const Strategy *self, guint32 id);
void strategy_set_count (Strategy *self, guint32 id, guint64 count);
void strategy_clear_weak (Strategy *self, guint32 id, gboolean queues);
void strategy_drop_weak (Strategy *self, guint32 id);

/* ---- strategy-trace.c: mark-sweep, mark-compact ---- */
StrategyWork strategy_run_trace (Strategy *self, StrategyEntry *entry, guint64 *n_left,
                                 StrategyTask *task);
guint64 strategy_clear_weak_words (Strategy *self, guint32 id, gboolean young_only);

/* ---- strategy-copy.c: copying, generational ---- */
StrategyWork strategy_run_copy (Strategy *self, StrategyEntry *entry, guint64 *n_left,
                                StrategyTask *task);
gboolean strategy_bump (Strategy *self, guint64 n_bytes, guint64 *address);
void strategy_lay_out (Strategy *self);
gboolean strategy_needs_full (const Strategy *self);
void strategy_note_weak (Strategy *self, guint32 id);

/* ---- strategy-cycle.c ---- */
StrategyWork strategy_run_cycle (Strategy *self, StrategyEntry *entry, guint64 *n_left,
                                 StrategyTask *task);
void strategy_track (Strategy *self, guint32 id, gboolean counts);
gboolean strategy_is_cycle_time (const Strategy *self);
guint strategy_choose_generation (const Strategy *self);

G_END_DECLS
