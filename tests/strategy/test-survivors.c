/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who survives, for every strategy: a random program makes objects, joins them and lets them go, in a heap that is too small for what it
 * makes. A model that only knows who leads to whom says what must be alive; the verifier is asked after every small step. */

#include "graph.h"

#define N_OPERATIONS 400

static const char *const survivors_kinds[]
    = { "counts", "counts-cycles", "mark-sweep", "mark-compact", "copying", "generational" };

static StrategyKind
find_kind (gconstpointer name)
{
  StrategyKind kind = STRATEGY_MANUAL;

  g_assert_true (strategy_kind_find (name, &kind));
  return kind;
}

/* ---- a random program ---- */

static guint32
pick (Graph *graph, GRand *random)
{
  return graph->root_ids[g_rand_int_range (random, 0, GRAPH_ROOTS)];
}

static void
make_something (Graph *graph, GRand *random)
{
  static const GraphShape shapes[]
      = { GRAPH_NODE, GRAPH_NODE, GRAPH_TUPLE, GRAPH_LIST, GRAPH_DICT };
  GraphShape shape = shapes[g_rand_int_range (random, 0, G_N_ELEMENTS (shapes))];
  guint n = g_rand_int_range (random, 1, GRAPH_FIELDS) * 2;

  graph_make (graph, g_rand_int_range (random, 0, GRAPH_ROOTS), shape, n, "");
}

static void
do_something (Graph *graph, GRand *random)
{
  guint32 from = pick (graph, random), to = pick (graph, random);

  switch (g_rand_int_range (random, 0, 8))
    {
    case 0:
    case 1:
    case 2:
      make_something (graph, random);
      return;
    case 3:
    case 4:
      graph_set_root (graph, g_rand_int_range (random, 0, GRAPH_ROOTS), 0);
      graph_run (graph);
      return;
    default:
      if (from != 0 && graph->objects[from].n_fields > 0)
        graph_set (graph, from, g_rand_int_range (random, 0, graph->objects[from].n_fields), to);
    }
}

static void
run_program (Graph *graph, guint32 seed, guint n)
{
  GRand *random = g_rand_new_with_seed (seed);

  for (guint i = 0; i < n; i++)
    do_something (graph, random);
  g_rand_free (random);
}

static void
check_random (gconstpointer name)
{
  for (guint32 seed = 1; seed <= 6; seed++)
    {
      g_autoptr (Graph) graph = graph_new (find_kind (name), seed % 2 ? 16384 : 32768, NULL);

      run_program (graph, seed, N_OPERATIONS);
      graph_check_survivors (graph, FALSE);
      graph_collect (graph);
      graph_check_survivors (graph, find_kind (name) != STRATEGY_COUNTS);
    }
}

/* A collection at every allocation leaves the same alive, and the objects lead to the same. */
static void
check_stress (gconstpointer name)
{
  const StrategySettings stress = { .collects_at_every_allocation = TRUE };
  g_autoptr (Graph) calm = graph_new (find_kind (name), 1 << 20, NULL);
  g_autoptr (Graph) stressed = graph_new (find_kind (name), 1 << 20, &stress);

  stressed->verifies = FALSE;
  run_program (calm, 7, N_OPERATIONS);
  run_program (stressed, 7, N_OPERATIONS);
  graph_collect (calm);
  graph_collect (stressed);
  graph_check_survivors (stressed, find_kind (name) != STRATEGY_COUNTS);
  g_assert_cmpuint (calm->n_ids, ==, stressed->n_ids);
  for (guint32 id = 1; id < calm->n_ids; id++)
    g_assert_cmpint (graph_is_live (calm, id), ==, graph_is_live (stressed, id));
  if (find_kind (name) != STRATEGY_COUNTS)
    g_assert_cmpuint (stressed->n_collections, >, calm->n_collections + 50);
}

/* A ring that nothing leads to is freed but by counts alone, and the statistics say so. */
static void
check_ring (gconstpointer name)
{
  g_autoptr (Graph) graph = graph_new (find_kind (name), 65536, NULL);
  guint32 first = graph_make (graph, 0, GRAPH_NODE, 0, "a");
  guint32 second = graph_make (graph, 1, GRAPH_NODE, 0, "b");

  graph_set (graph, first, 0, second);
  graph_set (graph, second, 0, first);
  g_assert_cmpuint (graph_collect (graph), ==, 0);
  graph_check_survivors (graph, TRUE);
  graph_set_root (graph, 0, 0);
  graph_set_root (graph, 1, 0);
  graph_run (graph);
  g_assert_true (graph_is_live (graph, first));
  g_assert_cmpuint (graph_collect (graph), ==, find_kind (name) == STRATEGY_COUNTS ? 0 : 2);
  g_assert_cmpint (graph_is_live (graph, first), ==, find_kind (name) == STRATEGY_COUNTS);
}

/* A word that is not defined is no reference, whatever is in it. */
static void
check_undefined (gconstpointer name)
{
  g_autoptr (Graph) graph = graph_new (find_kind (name), 65536, NULL);
  guint32 kept = graph_make (graph, 0, GRAPH_NODE, 0, "kept");
  guint32 lost = graph_make (graph, 1, GRAPH_NODE, 0, "lost");
  guint64 at = mem_block_get (graph->space, kept)->begin + 8;

  /* As a byte-wise store would leave it. */
  mem_set_pointer (graph->space, at, mem_block_get (graph->space, lost)->begin, lost);
  graph->space->defined[at + 3] = 0;
  mem_array_mark (graph->space->array, at);
  graph_set_root (graph, 1, 0);
  graph_run (graph);
  graph_collect (graph);
  g_assert_true (graph_is_live (graph, kept));
  g_assert_false (graph_is_live (graph, lost));
  /* A row whose number of elements is not there yet has none. */
  kept = graph_make (graph, 2, GRAPH_TUPLE, 3, "row");
  lost = graph_make (graph, 1, GRAPH_NODE, 0, "lost");
  at = mem_block_get (graph->space, kept)->begin;
  mem_set_pointer (graph->space, at + 24, mem_block_get (graph->space, lost)->begin, lost);
  graph->space->defined[at + 8] = 0;
  mem_array_mark (graph->space->array, at);
  graph_set_root (graph, 1, 0);
  graph_run (graph);
  graph_collect (graph);
  g_assert_false (graph_is_live (graph, lost));
}

/* A full heap is said to be full only after a collection, and the same call works when something was let go. */
static void
check_full (gconstpointer name)
{
  g_autoptr (Graph) graph = graph_new (find_kind (name), 4096, NULL);
  guint n = 0;

  while (n < GRAPH_ROOTS && graph_make (graph, n, GRAPH_NODE, 0, "") != 0)
    n++;
  g_assert_cmpuint (n, >, 20);
  g_assert_cmpuint (n, <, GRAPH_ROOTS);
  graph_check_survivors (graph, TRUE);
  /* With generations some of the young have no room among the old ones, and stay, also if old ones lead to them. */
  for (guint i = 1; i < n; i++)
    graph_set (graph, graph->root_ids[i - 1], 0, graph->root_ids[i]);
  graph_collect (graph);
  graph_check_survivors (graph, TRUE);
  for (guint i = 1; i < n; i++)
    graph_set (graph, graph->root_ids[i - 1], 0, 0);
  for (guint i = 0; i < n; i += 2)
    graph_set_root (graph, i, 0);
  graph_run (graph);
  for (guint i = 0; i < n / 2; i += 2)
    g_assert_cmpuint (graph_make (graph, i, GRAPH_NODE, 0, ""), !=, 0);
  graph_check_survivors (graph, FALSE);
}

/* ---- keyframes ---- */

/* The entry on top tells its phase only to the strategy; so a keyframe is taken before each step, or before each third one of a long
 * collection. After going back the same steps lead to the same bytes, and so do steps that are not looked at. */
static void
check_keyframes (gconstpointer name)
{
  g_autoptr (Graph) graph = graph_new (find_kind (name), 65536, NULL);
  g_autoptr (GPtrArray) keyframes = g_ptr_array_new ();
  guint64 hash;

  graph->verifies = FALSE;
  run_program (graph, 11, 60);
  graph_begin (graph, STRATEGY_CAUSE_ASKED);
  do
    if (graph->n_steps % 3 == 0 || keyframes->len < 20)
      g_ptr_array_add (keyframes, graph_keep (graph));
  while (graph_step (graph));
  hash = graph_hash (graph);
  for (guint i = 0; i < keyframes->len; i++)
    {
      /* Backwards and forwards, so that pages of many ages are restored. */
      graph_go_back (graph, keyframes->pdata[i * 7 % keyframes->len]);
      graph_run (graph);
      g_assert_cmphex (graph_hash (graph), ==, hash);
    }
  for (guint i = 0; i < keyframes->len; i++)
    graph_drop (graph, keyframes->pdata[i]);
  graph_check_survivors (graph, find_kind (name) != STRATEGY_COUNTS);
}

/* How many steps there were until the end, in portions of n. */
static guint64
run_portions (Graph *graph, guint64 n)
{
  guint64 n_steps = 0, n_left;
  StrategyTask task;
  StrategyWork work;

  do
    {
      n_left = n;
      work = strategy_run (graph->strategy, &n_left, &task);
      n_steps += n - n_left;
    }
  while (work != STRATEGY_IDLE);
  return n_steps;
}

/* Steps one by one, some at once and all at once lead to the same bytes, and are as many. */
static void
check_at_once (gconstpointer name)
{
  static const guint64 portions[] = { 1, 2, 7, 1000000 };
  g_autoptr (Graph) graph = graph_new (find_kind (name), 65536, NULL);
  GraphKeyframe *keyframe;
  guint64 hash = 0, n_steps = 0;

  graph->verifies = FALSE;
  run_program (graph, 13, 80);
  /* Something dies as well. */
  for (guint i = 0; i < GRAPH_ROOTS; i += 2)
    graph_set_root (graph, i, 0);
  graph_begin (graph, STRATEGY_CAUSE_ASKED);
  keyframe = graph_keep (graph);
  for (guint i = 0; i < G_N_ELEMENTS (portions); i++)
    {
      guint64 n;

      graph_go_back (graph, keyframe);
      n = run_portions (graph, portions[i]);
      if (i == 0)
        {
          hash = graph_hash (graph);
          n_steps = n;
        }
      g_assert_cmphex (graph_hash (graph), ==, hash);
      g_assert_cmpuint (n, ==, n_steps);
    }
  graph_drop (graph, keyframe);
}

/* Keyframes between portions: what was written in the middle of one is marked as written. */
static void
check_portions (gconstpointer name)
{
  g_autoptr (Graph) graph = graph_new (find_kind (name), 65536, NULL);
  g_autoptr (GPtrArray) keyframes = g_ptr_array_new ();
  StrategyTask task;
  guint64 hash, n_left;

  graph->verifies = FALSE;
  run_program (graph, 17, 80);
  for (guint i = 0; i < GRAPH_ROOTS; i += 3)
    graph_set_root (graph, i, 0);
  graph_begin (graph, STRATEGY_CAUSE_ASKED);
  do
    {
      g_ptr_array_add (keyframes, graph_keep (graph));
      n_left = 23;
    }
  while (strategy_run (graph->strategy, &n_left, &task) != STRATEGY_IDLE);
  hash = graph_hash (graph);
  for (guint i = 0; i < keyframes->len; i++)
    {
      graph_go_back (graph, keyframes->pdata[i * 7 % keyframes->len]);
      run_portions (graph, 5);
      g_assert_cmphex (graph_hash (graph), ==, hash);
    }
  for (guint i = 0; i < keyframes->len; i++)
    graph_drop (graph, keyframes->pdata[i]);
}

/* The same program gives the same bytes, in another place of the host's memory. */
static void
check_same (gconstpointer name)
{
  g_autoptr (Graph) first = graph_new (find_kind (name), 16384, NULL);
  g_autoptr (Graph) second = NULL;

  run_program (first, 5, N_OPERATIONS);
  second = graph_new (find_kind (name), 16384, NULL);
  second->verifies = FALSE;
  run_program (second, 5, N_OPERATIONS);
  g_assert_cmpuint (first->n_steps, ==, second->n_steps);
  g_assert_cmphex (graph_hash (first), ==, graph_hash (second));
}

/* Objects larger than eden, or than half of a heap, and empty ones. */
static void
check_sizes (gconstpointer name)
{
  g_autoptr (Graph) graph = graph_new (find_kind (name), 65536, NULL);
  guint32 inner = graph_make (graph, 0, GRAPH_NODE, 0, "inner"), large;

  for (guint i = 0; i < 12; i++)
    {
      g_assert_cmpuint (graph_make (graph, 1, GRAPH_RAW, 1000, "large"), !=, 0);
      graph_set_root (graph, 1, 0);
      graph_run (graph);
      g_assert_cmpuint (graph_make (graph, 2, GRAPH_TUPLE, 0, "empty"), !=, 0);
      if (find_kind (name) == STRATEGY_COUNTS || find_kind (name) == STRATEGY_COUNTS_CYCLES)
        {
          guint64 cost;

          strategy_free_block (graph->strategy, graph->n_ids - 2, &cost);
        }
    }
  large = graph_make (graph, 3, GRAPH_LISTLIKE, 0, "large");
  graph_set (graph, large, GRAPH_FIELDS + 1, inner);
  graph_set_root (graph, 0, 0);
  graph_collect (graph);
  graph_check_survivors (graph, FALSE);
  g_assert_cmpuint (graph_make (graph, 4, GRAPH_RAW, 100000, "too large"), ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    GTestDataFunc function;
  } tests[] = {
    { "random", check_random },   { "stress", check_stress },
    { "ring", check_ring },       { "undefined", check_undefined },
    { "full", check_full },       { "keyframes", check_keyframes },
    { "at-once", check_at_once }, { "portions", check_portions },
    { "same", check_same },       { "sizes", check_sizes },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (survivors_kinds); i++)
    for (guint j = 0; j < G_N_ELEMENTS (tests); j++)
      {
        g_autofree char *path
            = g_strdup_printf ("/strategy/%s/%s", survivors_kinds[i], tests[j].name);

        g_test_add_data_func (path, survivors_kinds[i], tests[j].function);
      }
  return g_test_run ();
}
