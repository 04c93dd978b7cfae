/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The heap's verifier: what must hold between any two small steps of a strategy. It looks at everything and is slow; for tests. */

#include "strategy-state.h"

typedef struct
{
  Strategy *self;
  GArray *ids;   /* of guint32: live blocks of the heap, by address */
  guint32 *held; /* by id: places that hold a reference */
  GString *complaint;
} Check;

static gboolean
complain (Check *check, const char *what, guint32 id)
{
  if (check->complaint->len == 0)
    g_string_printf (check->complaint, "block %u: %s", id, what);
  return FALSE;
}

static gint
compare_addresses (gconstpointer a, gconstpointer b, gpointer data)
{
  const MemSpace *space = data;
  guint32 first = mem_block_get (space, *(const guint32 *)a)->begin;
  guint32 second = mem_block_get (space, *(const guint32 *)b)->begin;

  return first < second ? -1 : first > second;
}

static void
list_live (Check *check)
{
  MemSpace *space = check->self->space;

  for (guint32 id = 1; id < MEM_MAX_BLOCKS && mem_block_get (space, id)->begin != 0; id++)
    {
      const MemBlock *block = mem_block_get (space, id);

      if (block->kind == MEM_BLOCK_HEAP && block->state == MEM_BLOCK_LIVE)
        g_array_append_val (check->ids, id);
    }
  g_array_sort_with_data (check->ids, compare_addresses, space);
}

static gboolean
check_places (Check *check)
{
  const MemSpace *space = check->self->space;
  guint64 end = check->self->heap->begin;

  for (guint i = 0; i < check->ids->len; i++)
    {
      guint32 id = g_array_index (check->ids, guint32, i);
      const MemBlock *block = mem_block_get (space, id);

      if (block->begin < end)
        return complain (check, "lies in another block", id);
      end = (guint64)block->begin + block->size;
      if (end > check->self->heap->end)
        return complain (check, "lies outside the heap", id);
    }
  return TRUE;
}

static const StrategyEntry *
find_entry (const Check *check, StrategyEntryKind kind, guint32 id)
{
  const Strategy *self = check->self;

  for (guint32 i = self->state->n_entries; i-- > 0;)
    if (self->entries[i].kind == kind
        && (kind == STRATEGY_ENTRY_COLLECTION || self->entries[i].id == id))
      return &self->entries[i];
  return NULL;
}

/* ---- colours and addresses ---- */

typedef gboolean (*CheckWord) (Check *check, guint32 id, guint64 at, MemWordKind kind,
                               guint32 target);

static gboolean
check_words (Check *check, guint32 id, guint64 first, CheckWord function)
{
  const Strategy *self = check->self;
  const MemShape *shape = strategy_get_shape (self, id);
  const MemBlock *block = mem_block_get (self->space, id);
  guint64 n = mem_shape_count_words (shape, self->space, block);

  for (guint64 i = first; i < n; i++)
    {
      MemWordKind kind;
      guint64 at = mem_shape_get_word (shape, self->space, block, i, &kind);
      guint32 target = mem_shape_get_target (self->space, at);

      if (target != 0 && !function (check, id, at, kind, target))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_address (Check *check, guint32 id, guint64 at, MemWordKind kind, guint32 target)
{
  const MemBlock *block = mem_block_get (check->self->space, target);
  guint64 value = mem_get_word (check->self->space, at);

  (void)kind;
  return (value >= block->begin && value <= (guint64)block->begin + block->size)
         || complain (check, "has a reference to where its target is not", id);
}

/* A black object leads to no white one. */
static gboolean
check_colour (Check *check, guint32 id, guint64 at, MemWordKind kind, guint32 target)
{
  const Strategy *self = check->self;

  (void)at;
  return kind == MEM_WORD_WEAK || strategy_get_colour (self, target) != STRATEGY_WHITE
         || (self->kind == STRATEGY_GENERATIONAL
             && find_entry (check, STRATEGY_ENTRY_COLLECTION, 0)->variant == 0
             && (self->flags[target] & STRATEGY_YOUNG) == 0)
         || complain (check, "is black and leads to a white one", id);
}

static gboolean
check_barrier (Check *check, guint32 id, guint64 at, MemWordKind kind, guint32 target)
{
  const Strategy *self = check->self;
  guint64 bit = (at - self->heap->begin) / 8;

  /* Elements of an old object may lie in a young block. */
  if (kind == MEM_WORD_WEAK || at < self->old)
    return TRUE;
  return (self->flags[target] & STRATEGY_YOUNG) == 0
         || (self->is_remembered[bit / 8] >> bit % 8 & 1)
         || complain (check, "is old, leads to a young one, and is not remembered", id);
}

/* Phases of a collection, as far as they matter here: before anything is freed, and while addresses change. */
static gboolean
is_marking (const Strategy *self, const StrategyEntry *entry)
{
  gboolean copies = self->kind == STRATEGY_COPYING
                    || (self->kind == STRATEGY_GENERATIONAL && entry->variant == 0);

  return entry->phase <= (copies ? (guint)STRATEGY_COPY_REVIVE : (guint)STRATEGY_TRACE_REVIVE);
}

static gboolean
check_colours (Check *check)
{
  const Strategy *self = check->self;
  const StrategyEntry *entry = find_entry (check, STRATEGY_ENTRY_COLLECTION, 0);

  if (!strategy_kind_is_traced (self->kind))
    return TRUE;
  for (guint i = 0; i < check->ids->len; i++)
    {
      guint32 id = g_array_index (check->ids, guint32, i);
      gboolean is_old = mem_block_get (self->space, id)->begin >= self->old;

      if (entry == NULL && strategy_get_colour (self, id) != STRATEGY_WHITE)
        return complain (check, "is marked, and no collection runs", id);
      if (entry == NULL && !check_words (check, id, 0, check_address))
        return FALSE;
      if (entry != NULL && is_marking (self, entry)
          && strategy_get_colour (self, id) == STRATEGY_BLACK
          && !check_words (check, id, 0, check_colour))
        return FALSE;
      if (entry == NULL && self->kind == STRATEGY_GENERATIONAL && is_old
          && !check_words (check, id, 0, check_barrier))
        return FALSE;
    }
  return TRUE;
}

/* ---- counts ---- */

static gboolean
hold (Check *check, guint32 id, guint64 at, MemWordKind kind, guint32 target)
{
  (void)id;
  (void)at;
  if (kind == MEM_WORD_REFERENCE)
    check->held[target]++;
  return TRUE;
}

/* References that the work itself holds. */
static void
hold_entry (Check *check, const StrategyEntry *entry)
{
  const Strategy *self = check->self;

  switch ((StrategyEntryKind)entry->kind)
    {
    case STRATEGY_ENTRY_DEATH:
      /* Between the finaliser's call and the look after it. */
      check->held[entry->id] += entry->phase == STRATEGY_DEATH_FINALISED;
      break;
    case STRATEGY_ENTRY_CALLBACK:
      check->held[entry->id] += entry->phase >= STRATEGY_CALLBACK_LET_GO;
      break;
    case STRATEGY_ENTRY_COLLECTION:
      if (entry->phase == STRATEGY_CYCLE_CLEAR && entry->id > 0)
        check->held[self->live[entry->index]]++;
      if (entry->phase == STRATEGY_CYCLE_FINALISE && entry->index % 2 == 1)
        check->held[self->live[entry->index / 2]]++;
      for (guint64 i = entry->phase == STRATEGY_CYCLE_CALLBACKS ? entry->index / 2 : 0;
           i < self->state->n_calls; i++)
        {
          check->held[self->calls[i * 2]]++;
          check->held[self->calls[i * 2 + 1]]++;
        }
      break;
    }
}

static gboolean
check_counts (Check *check, const guint64 *roots, guint n_roots)
{
  Strategy *self = check->self;

  for (guint i = 0; i < check->ids->len; i++)
    {
      guint32 id = g_array_index (check->ids, guint32, i);
      const StrategyEntry *death = find_entry (check, STRATEGY_ENTRY_DEATH, id);

      /* A dying object has let its first children go; their words stay as they were. */
      check_words (check, id,
                   death == NULL || death->phase < STRATEGY_DEATH_CHILDREN ? 0
                   : death->phase == STRATEGY_DEATH_CHILDREN               ? death->index
                                                                           : G_MAXUINT32,
                   hold);
    }
  for (guint i = 0; i < n_roots; i++)
    check->held[mem_shape_get_target (self->space, roots[i])]++;
  for (guint32 i = 0; i < self->state->n_entries; i++)
    hold_entry (check, &self->entries[i]);
  for (guint i = 0; i < check->ids->len; i++)
    {
      guint32 id = g_array_index (check->ids, guint32, i);

      if (mem_block_get (self->space, id)->shape != 0
          && strategy_get_count (self, id) != check->held[id])
        {
          g_string_printf (check->complaint,
                           "block %u: its count is %" G_GUINT64_FORMAT ", and %u places hold it",
                           id, strategy_get_count (self, id), check->held[id]);
          return FALSE;
        }
    }
  return TRUE;
}

/* What is wrong with the heap, or NULL. roots: addresses of all words outside the heap that may hold a reference. (transfer full) (nullable) */
char *
strategy_complain (Strategy *self, const guint64 *roots, guint n_roots)
{
  Check check = { self, g_array_new (FALSE, FALSE, sizeof (guint32)), NULL, g_string_new (NULL) };

  list_live (&check);
  if (check_places (&check) && check_colours (&check) && strategy_kind_is_counted (self->kind))
    {
      guint32 n = 0;

      for (guint i = 0; i < check.ids->len; i++)
        n = MAX (n, g_array_index (check.ids, guint32, i));
      check.held = g_new0 (guint32, n + 1);
      check_counts (&check, roots, n_roots);
      g_free (check.held);
    }
  g_array_unref (check.ids);
  return g_string_free (check.complaint, check.complaint->len == 0);
}
