/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In what order objects die when counts reach zero. What is expected was printed by CPython 3.11.7; above each test stands the program, after
 *
 *     out = []
 *     class P:
 *         def __init__(s, n): s.n = n
 *         def __del__(s): out.append(s.n)
 *
 * where an attribute n that is a string is no object of the graph. */

#include "graph.h"

static Graph *
new_counted (void)
{
  return graph_new (STRATEGY_COUNTS, 65536, NULL);
}

/* A new object with a finaliser that a field alone holds. */
static guint32
add_final (Graph *graph, guint32 to, guint field, const char *name)
{
  guint32 id = graph_make (graph, 60, GRAPH_FINAL, 0, name);

  graph_set (graph, to, field, id);
  graph_set_root (graph, 60, 0);
  graph_run (graph);
  return id;
}

/* A weak reference with a call-back of that name, held by a root. */
static guint32
add_weak (Graph *graph, guint root, guint32 target, GraphShape callback_shape, const char *name)
{
  guint32 weak = graph_make (graph, root, GRAPH_WEAK, 0, "weak");
  guint32 callback = graph_make (graph, 61, callback_shape, 0, name);

  graph_set (graph, weak, 0, callback);
  graph_set_root (graph, 61, 0);
  graph_run (graph);
  graph_point_weakly (graph, weak, target);
  graph_verify (graph);
  return weak;
}

static void
drop (Graph *graph, guint root)
{
  graph_set_root (graph, root, 0);
  graph_run (graph);
}

/* l = [P('A'), P('B'), P('C')]; del l        C B A
 * l = (P('A'), P('B'), P('C')); del l        C B A
 * d = {P('A'): P('B'), P('C'): P('D')}; del d     k1 A k2 B, so: A B C D */
static void
check_elements (void)
{
  static const struct
  {
    GraphShape shape;
    const char *expected;
  } rows[] = { { GRAPH_LIST, "D C B A" }, { GRAPH_TUPLE, "D C B A" }, { GRAPH_DICT, "A B C D" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Graph) graph = new_counted ();
      guint32 id = graph_make (graph, 0, rows[i].shape, 4, "of");

      for (guint j = 0; j < 4; j++)
        {
          const char name[] = { 'A' + j, 0 };

          add_final (graph, id, j, name);
        }
      drop (graph, 0);
      graph_expect_log (graph, rows[i].expected);
      graph_check_survivors (graph, TRUE);
    }
}

/* p = P('p'); p.x = P('x'); p.x.k = P('xk'); p.y = P('y'); del p       p x xk y */
static void
check_depth (void)
{
  g_autoptr (Graph) graph = new_counted ();
  guint32 p = graph_make (graph, 0, GRAPH_FINAL, 0, "p");

  add_final (graph, add_final (graph, p, 0, "x"), 0, "xk");
  add_final (graph, p, 1, "y");
  drop (graph, 0);
  graph_expect_log (graph, "p x xk y");
  graph_check_survivors (graph, TRUE);
}

/* class L(list): def __del__(s): out.append(s.n)
 * p = L([P('A'), P('B')]); p.n = 'L'; p.x = P('x'); del p       L x B A */
static void
check_list_subclass (void)
{
  g_autoptr (Graph) graph = new_counted ();
  guint32 p = graph_make (graph, 0, GRAPH_LISTLIKE, 0, "L");

  add_final (graph, p, GRAPH_FIELDS, "A");
  add_final (graph, p, GRAPH_FIELDS + 1, "B");
  add_final (graph, p, 0, "x");
  drop (graph, 0);
  graph_expect_log (graph, "L x B A");
}

/* x = P('x'); a = [x, x]; del x; a[0] = None; …; the second reference goes: it dies once. */
static void
check_shared (void)
{
  g_autoptr (Graph) graph = new_counted ();
  guint32 list = graph_make (graph, 0, GRAPH_LIST, 2, "list");
  guint32 x = add_final (graph, list, 0, "x");

  graph_set (graph, list, 1, x);
  graph_set (graph, list, 0, 0);
  graph_expect_log (graph, "");
  drop (graph, 0);
  graph_expect_log (graph, "x");
}

/* A chain as deep as a host's stack would not bear. */
static void
check_deep (void)
{
  g_autoptr (Graph) graph = graph_new (STRATEGY_COUNTS, 4 << 20, NULL);

  graph->verifies = FALSE;
  for (guint i = 0; i < GRAPH_MAX_OBJECTS - 10; i++)
    {
      guint32 old = graph->root_ids[0];
      guint32 id = graph_make (graph, 1, GRAPH_NODE, 0, "");

      graph_set (graph, id, 0, old);
      graph_set_root (graph, 0, id);
      drop (graph, 1);
    }
  drop (graph, 0);
  for (guint32 id = 1; id < graph->n_ids; id++)
    g_assert_false (graph_is_live (graph, id));
  graph_verify (graph);
}

/* The finaliser of a class's instances runs only if the class has one. */
static void
check_flag (void)
{
  g_autoptr (Graph) graph = new_counted ();
  guint32 class = graph_make (graph, 0, GRAPH_NODE, 0, "class");
  guint32 first = graph_make (graph, 1, GRAPH_FLAGGED, 0, "first"), second;
  guint64 flag = 0;

  graph_set (graph, first, 0, class);
  mem_set_bytes (graph->space, mem_block_get (graph->space, class)->begin + 8, &flag, 8);
  drop (graph, 1);
  graph_expect_log (graph, "");
  second = graph_make (graph, 1, GRAPH_FLAGGED, 0, "second");
  graph_set (graph, second, 0, class);
  flag = 1;
  mem_set_bytes (graph->space, mem_block_get (graph->space, class)->begin + 8, &flag, 8);
  drop (graph, 1);
  graph_expect_log (graph, "second");
}

/* ---- weak references ---- */

static void
log_targets (Graph *graph, const StrategyTask *task)
{
  if (task->kind == STRATEGY_TASK_WEAK_CALLBACK)
    g_assert_cmpuint (graph_get_weak_target (graph, task->other), ==, 0);
}

/* p = P('p'); p.x = P('x')
 * w1 = weakref.ref(p, lambda w: out.append('w1' + str(w())))
 * w2 = weakref.ref(p, lambda w: out.append('w2' + str(w1())))
 * w3 = weakref.ref(p, lambda w: out.append('w3')); del w3; del p       p w2None w1None x */
static void
check_weak (void)
{
  g_autoptr (Graph) graph = new_counted ();
  guint32 p = graph_make (graph, 0, GRAPH_FINAL, 0, "p");
  guint32 w1 = add_weak (graph, 1, p, GRAPH_NODE, "w1");
  guint32 w2 = add_weak (graph, 2, p, GRAPH_NODE, "w2");

  add_final (graph, p, 0, "x");
  add_weak (graph, 3, p, GRAPH_NODE, "w3");
  drop (graph, 3);
  graph->on_call = log_targets;
  drop (graph, 0);
  graph_expect_log (graph, "p call-w2 call-w1 x");
  g_assert_cmpuint (graph_get_weak_target (graph, w1), ==, 0);
  g_assert_cmpuint (graph_get_weak_target (graph, w2), ==, 0);
}

/* A weak reference from the middle of the list goes, then the newest, then the oldest. */
static void
check_weak_unlinked (void)
{
  static const guint orders[][3] = { { 2, 3, 1 }, { 1, 2, 3 }, { 3, 1, 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (Graph) graph = new_counted ();
      guint32 p = graph_make (graph, 0, GRAPH_FINAL, 0, "p");

      for (guint j = 1; j <= 4; j++)
        {
          const char name[] = { '0' + j, 0 };

          add_weak (graph, j, p, GRAPH_NODE, name);
        }
      for (guint j = 0; j < 3; j++)
        drop (graph, orders[i][j]);
      drop (graph, 0);
      graph_expect_log (graph, "p call-4");
    }
}

/* class CB:
 *     def __init__(s, n): s.n = n
 *     def __call__(s, w): out.append('call ' + s.n)
 *     def __del__(s): out.append('del ' + s.n)
 * p = P('p'); w = weakref.ref(p, CB('cb')); del p         p call cb del cb
 * p = P('p'); w = weakref.ref(p, CB('cb')); v = weakref.ref(p, CB('cb2')); del p
 *                                                         p call cb2 call cb del cb del cb2 */
static void
check_callbacks_go (void)
{
  g_autoptr (Graph) graph = new_counted ();
  guint32 p = graph_make (graph, 0, GRAPH_FINAL, 0, "p");

  add_weak (graph, 1, p, GRAPH_FINAL, "cb");
  drop (graph, 0);
  graph_expect_log (graph, "p call-cb cb");
  drop (graph, 1);
  graph_expect_log (graph, "");
  p = graph_make (graph, 0, GRAPH_FINAL, 0, "p");
  add_weak (graph, 1, p, GRAPH_FINAL, "cb");
  add_weak (graph, 2, p, GRAPH_FINAL, "cb2");
  drop (graph, 0);
  graph_expect_log (graph, "p call-cb2 call-cb cb cb2");
}

/* The weak reference that dies in the call-back of a newer one is called all the same: it was held for that. */
static void
drop_weak_root (Graph *graph, const StrategyTask *task)
{
  if (task->kind == STRATEGY_TASK_WEAK_CALLBACK)
    graph_set_root (graph, 1, 0);
}

static void
check_weak_dies_in_callback (void)
{
  g_autoptr (Graph) graph = new_counted ();
  guint32 p = graph_make (graph, 0, GRAPH_NODE, 0, "p");

  add_weak (graph, 1, p, GRAPH_NODE, "w1");
  add_weak (graph, 2, p, GRAPH_NODE, "w2");
  graph->on_call = drop_weak_root;
  drop (graph, 0);
  graph_expect_log (graph, "call-w2 call-w1");
  graph_verify (graph);
}

/* ---- resurrection ---- */

static void
keep_it (Graph *graph, const StrategyTask *task)
{
  if (task->kind == STRATEGY_TASK_FINALISER && graph->objects[task->id].name[0] == 'r')
    graph_set_root (graph, 5, task->id);
}

/* keep = []
 * class R:
 *     def __init__(s, n): s.n = n
 *     def __del__(s): out.append(s.n); keep.append(s)
 * r = R('r'); r.x = P('x'); wr = weakref.ref(r, lambda w: out.append('cb')); del r      r
 * wr() is keep[0]                                                                       True
 * keep.clear()                                                                          cb x */
static void
check_resurrection (void)
{
  g_autoptr (Graph) graph = new_counted ();
  guint32 r = graph_make (graph, 0, GRAPH_FINAL, 0, "r");
  guint32 weak = add_weak (graph, 1, r, GRAPH_NODE, "cb");

  add_final (graph, r, 0, "x");
  graph->on_call = keep_it;
  drop (graph, 0);
  graph_expect_log (graph, "r");
  g_assert_true (graph_is_live (graph, r));
  g_assert_cmpuint (graph_get_weak_target (graph, weak), ==, r);
  drop (graph, 5);
  graph_expect_log (graph, "call-cb x");
  g_assert_false (graph_is_live (graph, r));
}

/* A finaliser that makes and drops objects: those die to the end before its own object goes on. */
static void
drop_root_two (Graph *graph, const StrategyTask *task)
{
  if (graph->objects[task->id].name[0] == 'p')
    graph_set_root (graph, 2, 0);
}

static void
check_nested (void)
{
  g_autoptr (Graph) graph = new_counted ();
  guint32 p = graph_make (graph, 0, GRAPH_FINAL, 0, "p");
  guint32 other = graph_make (graph, 2, GRAPH_FINAL, 0, "other");

  add_final (graph, p, 0, "child");
  add_final (graph, other, 0, "others");
  graph->on_call = drop_root_two;
  drop (graph, 0);
  graph_expect_log (graph, "p other others child");
}

/* A death can be left and come back to at any of its steps. */
static void
check_keyframes (void)
{
  g_autoptr (Graph) graph = new_counted ();
  g_autoptr (GPtrArray) keyframes = g_ptr_array_new ();
  guint32 list = graph_make (graph, 0, GRAPH_LIST, 3, "list");
  guint64 hash;

  for (guint i = 0; i < 3; i++)
    {
      guint32 p = add_final (graph, list, i, "p");

      add_weak (graph, 10 + i, p, GRAPH_FINAL, "cb");
      add_weak (graph, 20 + i, p, GRAPH_NODE, "cb");
      add_final (graph, p, 0, "x");
    }
  graph_set_root (graph, 0, 0);
  do
    g_ptr_array_add (keyframes, graph_keep (graph));
  while (graph_step (graph));
  hash = graph_hash (graph);
  g_assert_cmpuint (keyframes->len, >, 60);
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
  g_test_add_func ("/strategy/deaths/elements", check_elements);
  g_test_add_func ("/strategy/deaths/depth", check_depth);
  g_test_add_func ("/strategy/deaths/list-subclass", check_list_subclass);
  g_test_add_func ("/strategy/deaths/shared", check_shared);
  g_test_add_func ("/strategy/deaths/deep", check_deep);
  g_test_add_func ("/strategy/deaths/flag", check_flag);
  g_test_add_func ("/strategy/deaths/weak", check_weak);
  g_test_add_func ("/strategy/deaths/weak-unlinked", check_weak_unlinked);
  g_test_add_func ("/strategy/deaths/call-backs-go", check_callbacks_go);
  g_test_add_func ("/strategy/deaths/weak-dies-in-call-back", check_weak_dies_in_callback);
  g_test_add_func ("/strategy/deaths/resurrection", check_resurrection);
  g_test_add_func ("/strategy/deaths/nested", check_nested);
  g_test_add_func ("/strategy/deaths/keyframes", check_keyframes);
  return g_test_run ();
}
