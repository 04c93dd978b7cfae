/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What collections cost, run at once: a full one of a tree of 1,048,575 nodes with two references each, in nanoseconds for each that lives;
 * the same tree when nothing leads to it, for each that dies; a collection of the young for each survivor; and
 * the death of the tree by counts. Objects lie in the order of their allocation. Times are processor time of this thread, the best of some
 * rounds; the goals stand beside them. */

#include <time.h>

#include "strategy/strategy.h"

#define N_NODES(depth) ((1u << (depth)) - 1)
#define ROUNDS 3

typedef struct
{
  const char *strategy;
  double goal_live, goal_dead; /* ns; 0: none */
  guint depth;                 /* of the tree */
  gboolean is_young;           /* a collection of the young alone */
} Row;

/* clang-format off */
static const Row rows[] = {
  { "mark-sweep",    20, 5, 20, FALSE },
  { "mark-compact",  60, 0, 20, FALSE },
  { "copying",       60, 0, 20, FALSE },
  { "generational",  60, 0, 20, FALSE },
  { "generational",  40, 0, 18, TRUE },
  { "counts-cycles", 50, 0, 20, FALSE },
  { "counts",         0, 0, 20, FALSE },
};
/* clang-format on */

typedef struct
{
  MemSpace *space;
  MemHeap *heap;
  MemShape shapes[2];
  Strategy *strategy;
  guint64 high_water, root;
  guint32 offset; /* of the references */
} Bench;

static double
get_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

static void
set_up (Bench *bench, const Row *row)
{
  const MemSizes sizes = { .data = 4096, .heap = 256 << 20, .stack = 4096 };
  StrategySettings settings = { .nursery_bytes = 64 << 20 };
  StrategyKind kind = STRATEGY_MANUAL;

  g_assert_true (strategy_kind_find (row->strategy, &kind));
  bench->space = mem_space_new (&sizes);
  bench->heap = mem_heap_new (bench->space, strategy_kind_get_allocator (kind));
  bench->high_water = bench->heap->begin;
  bench->root = bench->space->regions[MEM_REGION_DATA].begin;
  bench->offset = strategy_kind_is_counted (kind) ? 8 : 0;
  mem_shape_init (&bench->shapes[0]);
  mem_shape_init (&bench->shapes[1]);
  mem_shape_add_word (&bench->shapes[1], FALSE, bench->offset, MEM_WORD_REFERENCE);
  mem_shape_add_word (&bench->shapes[1], FALSE, bench->offset + 8, MEM_WORD_REFERENCE);
  bench->strategy = strategy_new (kind, bench->space, bench->heap, bench->shapes, 2,
                                  &bench->high_water, &settings);
}

static void
tear_down (Bench *bench)
{
  strategy_free (bench->strategy);
  mem_heap_free (bench->heap);
  mem_shape_clear (&bench->shapes[0]);
  mem_shape_clear (&bench->shapes[1]);
  mem_space_free (bench->space);
}

static void
run (Bench *bench)
{
  guint64 n_left = G_MAXUINT64;
  StrategyTask task;

  while (strategy_run (bench->strategy, &n_left, &task) != STRATEGY_IDLE)
    ;
}

static void
make_node (Bench *bench, guint32 id)
{
  guint64 one = 1, address, cost;
  StrategyAnswer answer
      = strategy_allocate (bench->strategy, id, bench->offset + 16, 1, &address, &cost);

  if (answer == STRATEGY_COLLECT)
    {
      strategy_begin (bench->strategy, STRATEGY_CAUSE_ALLOCATION, NULL, 0);
      run (bench);
      answer = strategy_allocate (bench->strategy, id, bench->offset + 16, 1, &address, &cost);
    }
  g_assert_cmpint (answer, ==, STRATEGY_DONE);
  mem_clear (bench->space, address, bench->offset + 16);
  if (bench->offset > 0)
    mem_set_bytes (bench->space, address, &one, 8);
}

/* A tree of 2 ^ depth - 1 nodes; a parent is made before its children. Its root's id. */
static guint32
grow_tree (Bench *bench, guint depth, guint32 *n)
{
  guint32 id = ++*n;

  make_node (bench, id);
  for (guint i = 0; i < 2 && depth > 1; i++)
    {
      guint32 child = grow_tree (bench, depth - 1, n);

      mem_set_pointer (bench->space,
                       (guint64)mem_block_get (bench->space, id)->begin + bench->offset + i * 8,
                       mem_block_get (bench->space, child)->begin, child);
    }
  return id;
}

/* Nanoseconds for each node. */
static double
measure (Bench *bench, const Row *row)
{
  double begin = get_seconds ();

  strategy_begin (bench->strategy, row->is_young ? STRATEGY_CAUSE_ALLOCATION : STRATEGY_CAUSE_ASKED,
                  &bench->root, 1);
  run (bench);
  return (get_seconds () - begin) * 1e9 / N_NODES (row->depth);
}

static double
measure_death (Bench *bench, const Row *row)
{
  double begin;

  mem_set_pointer (bench->space, bench->root, 0, 0);
  if (bench->offset == 0)
    return measure (bench, row);
  begin = get_seconds ();
  strategy_release (bench->strategy, 1);
  run (bench);
  return (get_seconds () - begin) * 1e9 / N_NODES (row->depth);
}

static void
measure_row (const Row *row)
{
  double live = G_MAXDOUBLE, again = G_MAXDOUBLE, dead = G_MAXDOUBLE;

  for (guint i = 0; i < ROUNDS; i++)
    {
      Bench bench;
      guint32 n = 0;
      double ns;

      set_up (&bench, row);
      mem_set_pointer (bench.space, bench.root,
                       mem_block_get (bench.space, grow_tree (&bench, row->depth, &n))->begin, 1);
      ns = measure (&bench, row);
      live = MIN (live, ns);
      ns = measure (&bench, row);
      again = MIN (again, ns);
      ns = measure_death (&bench, row);
      dead = MIN (dead, ns);
      tear_down (&bench);
    }
  g_print ("%-14s %-6s %8u nodes: %6.1f ns live", row->strategy, row->is_young ? "young" : "full",
           N_NODES (row->depth), live);
  if (row->goal_live > 0)
    g_print (" (goal %.0f)", row->goal_live);
  g_print (", %6.1f again, %6.1f ns dead", again, dead);
  if (row->goal_dead > 0)
    g_print (" (goal %.0f)", row->goal_dead);
  g_print ("\n");
}

/* Argument: the name of a strategy; none: all. */
int
main (int argc, char **argv)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (argc < 2 || g_str_equal (argv[1], rows[i].strategy))
      measure_row (&rows[i]);
  return 0;
}
