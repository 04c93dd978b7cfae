/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The cycle collector. What is expected was printed by CPython 3.11.7, with gc.disable() at the beginning and
 *
 *     class P:
 *         def __init__(s, n): s.n = n
 *         def __del__(s): out.append(s.n)
 *     def ring(n, cls=P):
 *         a = [cls('n%d' % i) for i in range(n)]
 *         for i in range(n): a[i].next = a[(i + 1) % n]
 *         return a
 *
 * (There, functions used as call-backs are found too; here they are plain nodes, and counted where they are tracked.) */

#include "graph.h"

static Graph *
new_collected (void)
{
  return graph_new (STRATEGY_COUNTS_CYCLES, 1 << 20, NULL);
}

/* Held by root `root` alone. Ids of the members. */
static void
make_ring (Graph *graph, guint root, guint n, const char *letter, guint32 *ids)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s%u", letter, i);

      ids[i] = graph_make (graph, root + i, GRAPH_FINAL, 0, name);
    }
  for (guint i = 0; i < n; i++)
    graph_set (graph, ids[i], 0, ids[(i + 1) % n]);
  for (guint i = 0; i < n; i++)
    graph_set_root (graph, root + i, 0);
  graph_run (graph);
}

static guint32
add_weak (Graph *graph, guint root, guint32 target, const char *name)
{
  guint32 weak = graph_make (graph, root, GRAPH_WEAK, 0, "weak");

  graph_set (graph, weak, 0, graph_make (graph, 61, GRAPH_NODE, 0, name));
  graph_set_root (graph, 61, 0);
  graph_run (graph);
  graph_point_weakly (graph, weak, target);
  return weak;
}

/* a = ring(5); del a; print(gc.collect())       5, then n0 n1 n2 n3 n4 */
static void
check_ring (void)
{
  g_autoptr (Graph) graph = new_collected ();
  guint32 ids[5];

  make_ring (graph, 0, 5, "n", ids);
  graph_expect_log (graph, "");
  g_assert_cmpuint (graph_collect (graph), ==, 5);
  graph_expect_log (graph, "n0 n1 n2 n3 n4");
  graph_check_survivors (graph, TRUE);
  g_assert_cmpuint (graph_collect (graph), ==, 0);
}

/* a = ring(2); gc.collect(); b = ring(2); del a, b; gc.collect(): those of the oldest generation come first */
static void
check_order (void)
{
  g_autoptr (Graph) graph = new_collected ();
  guint32 old[2], young[2];

  make_ring (graph, 0, 2, "n", old);
  graph_set_root (graph, 10, old[0]);
  g_assert_cmpuint (graph_collect (graph), ==, 0);
  make_ring (graph, 0, 2, "m", young);
  graph_set_root (graph, 10, 0);
  graph_run (graph);
  g_assert_cmpuint (graph_collect (graph), ==, 4);
  graph_expect_log (graph, "n0 n1 m0 m1");
}

/* a = ring(3)
 * ws = [weakref.ref(x, lambda w, i=i: out.append('cb%d' % i)) for i, x in enumerate(a)]
 * ws2 = [weakref.ref(x, lambda w, i=i: out.append('cbB%d' % i)) for i, x in enumerate(a)]
 * del a; x = None; print(gc.collect())       3, then cbB0 cb0 cbB1 cb1 cbB2 cb2 n0 n1 n2 */
static void
check_weak (void)
{
  g_autoptr (Graph) graph = new_collected ();
  guint32 ids[3], weak[6];

  make_ring (graph, 0, 3, "n", ids);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("cb%s%u", i < 3 ? "" : "B", i % 3);

      weak[i] = add_weak (graph, 10 + i, ids[i % 3], name);
    }
  g_assert_cmpuint (graph_collect (graph), ==, 3);
  graph_expect_log (graph, "call-cbB0 call-cb0 call-cbB1 call-cb1 call-cbB2 call-cb2 n0 n1 n2");
  for (guint i = 0; i < 6; i++)
    g_assert_cmpuint (graph_get_weak_target (graph, weak[i]), ==, 0);
  graph_check_survivors (graph, TRUE);
}

static void
drop_weak (Graph *graph, const StrategyTask *task)
{
  if (task->kind == STRATEGY_TASK_WEAK_CALLBACK)
    graph_set_root (graph, 10, 0);
}

/* h = [None]
 * def cb(w): out.append('cb'); h.clear()
 * a = ring(2); h[0] = weakref.ref(a[0], cb); del a; print(gc.collect())       3, then cb n0 n1: the weak reference counts as found */
static void
check_weak_dies (void)
{
  g_autoptr (Graph) graph = new_collected ();
  guint32 ids[2];

  make_ring (graph, 0, 2, "n", ids);
  add_weak (graph, 10, ids[0], "cb");
  graph->on_call = drop_weak;
  g_assert_cmpuint (graph_collect (graph), ==, 3);
  graph_expect_log (graph, "call-cb n0 n1");
  graph_check_survivors (graph, TRUE);
}

/* a = ring(2); a[0].w = weakref.ref(a[1], lambda w: out.append('trashcb')); del a; gc.collect()      n0 n1 */
static void
check_garbage_weak (void)
{
  g_autoptr (Graph) graph = new_collected ();
  guint32 ids[2];

  make_ring (graph, 0, 2, "n", ids);
  graph_set (graph, ids[0], 1, add_weak (graph, 10, ids[1], "trash"));
  graph_set_root (graph, 10, 0);
  graph_run (graph);
  /* The weak reference and its call-back are garbage as well. */
  g_assert_cmpuint (graph_collect (graph), ==, 4);
  graph_expect_log (graph, "n0 n1");
  graph_check_survivors (graph, TRUE);
}

static void
drop_held (Graph *graph, const StrategyTask *task)
{
  if (g_str_equal (graph->objects[task->id].name, "n0"))
    graph_set_root (graph, 20, 0);
}

/* class Q:
 *     def __init__(s, n): s.n = n
 *     def __del__(s): out.append(s.n); h.clear()
 * h = [P('held')]; a = [Q('q0'), Q('q1')]; a[0].next = a[1]; a[1].next = a[0]
 * a[1].w = weakref.ref(h[0], lambda w: out.append('no')); del a; gc.collect()      q0 held q1 */
static void
check_garbage_weak_on_living (void)
{
  g_autoptr (Graph) graph = new_collected ();
  guint32 held = graph_make (graph, 20, GRAPH_FINAL, 0, "held"), ids[2];

  make_ring (graph, 0, 2, "n", ids);
  graph_set (graph, ids[1], 1, add_weak (graph, 10, held, "no"));
  graph_set_root (graph, 10, 0);
  graph_run (graph);
  graph->on_call = drop_held;
  g_assert_cmpuint (graph_collect (graph), ==, 4);
  graph_expect_log (graph, "n0 held n1");
}

static void
keep_n1 (Graph *graph, const StrategyTask *task)
{
  if (g_str_equal (graph->objects[task->id].name, "n1"))
    graph_set_root (graph, 20, task->id);
}

/* class RR:
 *     def __init__(s, n): s.n = n
 *     def __del__(s):
 *         out.append(s.n)
 *         if s.n == 'n1': keep.append(s)
 * a = ring(3, RR); del a; print(gc.collect())      0, then n0 n1 n2
 * keep.clear(); print(gc.collect())                3, and no more
 * a = ring(2, RR); b = ring(2); del a; del b; print(gc.collect())      2, then n0 n1 n0 n1 */
static void
check_resurrection (void)
{
  g_autoptr (Graph) graph = new_collected ();
  guint32 ids[3], others[2];

  graph->on_call = keep_n1;
  make_ring (graph, 0, 3, "n", ids);
  g_assert_cmpuint (graph_collect (graph), ==, 0);
  graph_expect_log (graph, "n0 n1 n2");
  graph_check_survivors (graph, TRUE);
  graph_set_root (graph, 20, 0);
  graph_run (graph);
  g_assert_cmpuint (graph_collect (graph), ==, 3);
  graph_expect_log (graph, "");
  make_ring (graph, 0, 2, "n", ids);
  make_ring (graph, 0, 2, "m", others);
  g_assert_cmpuint (graph_collect (graph), ==, 2);
  graph_expect_log (graph, "n0 n1 m0 m1");
  graph_check_survivors (graph, TRUE);
}

/* a = ring(2); a[0].l = [P('x'), P('y')]; del a; gc.collect()       n0 n1 x y */
static void
check_hanging (void)
{
  g_autoptr (Graph) graph = new_collected ();
  guint32 ids[2], list;

  make_ring (graph, 0, 2, "n", ids);
  list = graph_make (graph, 10, GRAPH_LIST, 2, "list");
  graph_set (graph, list, 0, graph_make (graph, 11, GRAPH_FINAL, 0, "x"));
  graph_set (graph, list, 1, graph_make (graph, 12, GRAPH_FINAL, 0, "y"));
  graph_set (graph, ids[0], 1, list);
  for (guint i = 10; i < 13; i++)
    graph_set_root (graph, i, 0);
  graph_run (graph);
  g_assert_cmpuint (graph_collect (graph), ==, 5);
  graph_expect_log (graph, "n0 n1 x y");
  graph_check_survivors (graph, TRUE);
}

static void
collect_and_keep (Graph *graph, const StrategyTask *task)
{
  if (graph->objects[task->id].name[0] != 'g')
    return;
  graph_set_root (graph, 20, task->id);
  graph_begin (graph, STRATEGY_CAUSE_ASKED);
  graph_run (graph);
}

/* class G:
 *     def __init__(s, n): s.n = n
 *     def __del__(s): out.append('g'); out.append(gc.collect()); keep.append(s)
 * a = ring(3); g = G('g'); del a; del g       g n0 n1 n2 3
 * gc.is_tracked(keep[0])                      True
 * o = keep[0]; o.me = o; del o; keep.clear(); print(gc.collect())      1 */
static void
check_collection_in_finaliser (void)
{
  g_autoptr (Graph) graph = new_collected ();
  guint32 ids[3], g;

  make_ring (graph, 0, 3, "n", ids);
  g = graph_make (graph, 10, GRAPH_FINAL, 0, "g");
  graph->on_call = collect_and_keep;
  graph_set_root (graph, 10, 0);
  graph_run (graph);
  graph_expect_log (graph, "g n0 n1 n2");
  g_assert_cmpuint (strategy_get_statistics (graph->strategy).n_found, ==, 3);
  graph_set (graph, g, 0, g);
  graph_set_root (graph, 20, 0);
  graph_run (graph);
  g_assert_cmpuint (graph_collect (graph), ==, 1);
  graph_check_survivors (graph, TRUE);
}

/* a = ring(2, G); del a; print(gc.collect())      g 0 g 0, then 0: a collection does not begin in another */
static void
check_nested (void)
{
  g_autoptr (Graph) graph = new_collected ();
  guint32 ids[2];

  make_ring (graph, 0, 2, "g", ids);
  graph->on_call = collect_and_keep;
  g_assert_cmpuint (graph_collect (graph), ==, 0);
  graph_expect_log (graph, "g0 g1");
  g_assert_cmpuint (strategy_get_statistics (graph->strategy).n_runs, ==, 1);
}

/* objs = []; gc.callbacks.append(…); for i in range(9000): objs.append(N())
 *
 * collects at i = 699, 1400, 2101, 2802, 3503, 4204, 4905, 5606, 6307, 7008 and 7709 the youngest and at 8410 the middle generation; the first is
 * one early because of the loop's own objects. */
static void
check_thresholds (void)
{
  g_autoptr (Graph) graph = new_collected ();
  g_autoptr (GString) at = g_string_new (NULL);
  guint n_before = 0;

  graph->verifies = FALSE;
  for (guint i = 0; i < 9000; i++)
    {
      graph_make (graph, 1, GRAPH_TUPLE, 1, "");
      graph_set (graph, graph->root_ids[1], 0, graph->root_ids[0]);
      graph_set_root (graph, 0, graph->root_ids[1]);
      if (graph->n_collections > n_before)
        g_string_append_printf (at, "%u ", i);
      n_before = graph->n_collections;
    }
  g_assert_cmpstr (at->str, ==, "700 1401 2102 2803 3504 4205 4906 5607 6308 7009 7710 8411 ");
  /* The middle one looks at all again, from the first on. */
  g_assert_cmpuint (strategy_get_statistics (graph->strategy).n_traced, ==, 8411 + 8411 - 701);
}

static void
check_keyframes (void)
{
  g_autoptr (Graph) graph = new_collected ();
  g_autoptr (GPtrArray) keyframes = g_ptr_array_new ();
  guint32 ids[3];
  guint64 hash;

  make_ring (graph, 0, 3, "n", ids);
  for (guint i = 0; i < 3; i++)
    add_weak (graph, 10 + i, ids[i], "cb");
  graph->on_call = keep_n1;
  make_ring (graph, 0, 2, "m", ids);
  graph_begin (graph, STRATEGY_CAUSE_ASKED);
  do
    g_ptr_array_add (keyframes, graph_keep (graph));
  while (graph_step (graph));
  hash = graph_hash (graph);
  for (guint i = 0; i < keyframes->len; i++)
    {
      graph_go_back (graph, keyframes->pdata[i * 7 % keyframes->len]);
      graph_run (graph);
      g_assert_cmphex (graph_hash (graph), ==, hash);
    }
  for (guint i = 0; i < keyframes->len; i++)
    graph_drop (graph, keyframes->pdata[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/strategy/cycles/ring", check_ring);
  g_test_add_func ("/strategy/cycles/order", check_order);
  g_test_add_func ("/strategy/cycles/weak", check_weak);
  g_test_add_func ("/strategy/cycles/weak-dies", check_weak_dies);
  g_test_add_func ("/strategy/cycles/garbage-weak", check_garbage_weak);
  g_test_add_func ("/strategy/cycles/garbage-weak-on-living", check_garbage_weak_on_living);
  g_test_add_func ("/strategy/cycles/resurrection", check_resurrection);
  g_test_add_func ("/strategy/cycles/hanging", check_hanging);
  g_test_add_func ("/strategy/cycles/collection-in-finaliser", check_collection_in_finaliser);
  g_test_add_func ("/strategy/cycles/nested", check_nested);
  g_test_add_func ("/strategy/cycles/thresholds", check_thresholds);
  g_test_add_func ("/strategy/cycles/keyframes", check_keyframes);
  return g_test_run ();
}
