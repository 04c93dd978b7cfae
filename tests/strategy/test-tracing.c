/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is particular to collectors that trace: weak references, finalisers, where objects are moved to, and the young. */

#include "graph.h"

static const char *const tracing_kinds[]
    = { "mark-sweep", "mark-compact", "copying", "generational" };

static Graph *
new_traced (gconstpointer name)
{
  StrategyKind kind = STRATEGY_MANUAL;

  g_assert_true (strategy_kind_find (name, &kind));
  return graph_new (kind, 65536, NULL);
}

static guint64
get_begin (const Graph *graph, guint32 id)
{
  return mem_block_get (graph->space, id)->begin;
}

/* A small collection; with generations, of the young alone. */
static void
collect_young (Graph *graph)
{
  graph_begin (graph, STRATEGY_CAUSE_ALLOCATION);
  graph_run (graph);
  /* The allocation that it was for. */
  g_assert_cmpuint (graph_make (graph, 63, GRAPH_RAW, 1, ""), !=, 0);
  graph_set_root (graph, 63, 0);
}

/* A weak reference, with a call-back if it has a name. */
static guint32
add_weak (Graph *graph, guint root, guint32 target, const char *name)
{
  guint32 weak = graph_make (graph, root, GRAPH_WEAK, 0, "weak");

  if (name != NULL)
    {
      graph_set (graph, weak, 0, graph_make (graph, 61, GRAPH_NODE, 0, name));
      graph_set_root (graph, 61, 0);
    }
  graph_point_weakly (graph, weak, target);
  return weak;
}

static void
check_weak (gconstpointer name)
{
  g_autoptr (Graph) graph = new_traced (name);
  guint32 garbage = graph_make (graph, 5, GRAPH_NODE, 0, "garbage");
  guint32 living = graph_make (graph, 0, GRAPH_NODE, 0, "living");
  guint32 dying = graph_make (graph, 1, GRAPH_NODE, 0, "dying");
  guint32 first = add_weak (graph, 10, living, "no"), second = add_weak (graph, 11, dying, "yes");
  guint32 row = graph_make (graph, 12, GRAPH_WEAK_ROW, 3, "row");

  (void)garbage;
  graph_set_row (graph, row, 0, dying);
  graph_set_row (graph, row, 2, living);
  graph_set_root (graph, 5, 0);
  graph_collect (graph);
  graph_expect_log (graph, "");
  g_assert_cmpuint (graph_get_weak_target (graph, second), ==, dying);
  graph_set_root (graph, 1, 0);
  graph_collect (graph);
  graph_expect_log (graph, "call-yes");
  g_assert_cmpuint (graph_get_weak_target (graph, first), ==, living);
  g_assert_cmpuint (graph_get_weak_target (graph, second), ==, 0);
  g_assert_cmpuint (graph_get_row (graph, row, 0), ==, 0);
  g_assert_cmpuint (graph_get_row (graph, row, 2), ==, living);
  graph_check_survivors (graph, TRUE);
  graph_collect (graph);
  graph_expect_log (graph, "");
}

/* A weak reference that is garbage calls nobody. */
static void
check_garbage_weak (gconstpointer name)
{
  g_autoptr (Graph) graph = new_traced (name);
  guint32 dying = graph_make (graph, 1, GRAPH_NODE, 0, "dying");

  add_weak (graph, 10, dying, "no");
  graph_set_root (graph, 1, 0);
  graph_set_root (graph, 10, 0);
  graph_collect (graph);
  graph_expect_log (graph, "");
  graph_check_survivors (graph, TRUE);
}

static void
keep_it (Graph *graph, const StrategyTask *task)
{
  if (graph->objects[task->id].name[0] == 'r')
    graph_set_root (graph, 20, task->id);
}

/* What has a finaliser, and what that sees, lives for this once (Java Language Specification 12.6). */
static void
check_finaliser (gconstpointer name)
{
  g_autoptr (Graph) graph = new_traced (name);
  guint32 f = graph_make (graph, 0, GRAPH_FINAL, 0, "f"),
          seen = graph_make (graph, 1, GRAPH_NODE, 0, "");
  guint32 r = graph_make (graph, 2, GRAPH_FINAL, 0, "r");
  guint32 target = graph_make (graph, 3, GRAPH_NODE, 0, "target"),
          weak = add_weak (graph, 10, target, NULL);

  graph_set (graph, f, 0, seen);
  graph_set (graph, r, 0, f);
  graph_set (graph, r, 1, weak);
  for (guint i = 0; i < 12; i++)
    graph_set_root (graph, i, 0);
  graph->on_call = keep_it;
  graph_collect (graph);
  graph_expect_log (graph, "f r");
  g_assert_true (graph_is_live (graph, seen));
  /* The finaliser of r could still have followed it. */
  g_assert_cmpuint (graph_get_weak_target (graph, weak), ==, target);
  graph_collect (graph);
  g_assert_cmpuint (graph_get_weak_target (graph, weak), ==, 0);
  graph_check_survivors (graph, TRUE);
  graph_set_root (graph, 20, 0);
  graph_collect (graph);
  graph_expect_log (graph, "");
  graph_check_survivors (graph, TRUE);
}

/* A call-back's own allocations need a collection while calls are left to be made. */
static void
collect_inside (Graph *graph, const StrategyTask *task)
{
  /* Only the collection knows of the calls that are left. */
  for (guint i = 1; i <= 3; i++)
    graph_set_root (graph, i, 0);
  if (graph->n_collections < 4)
    {
      graph_begin (graph, STRATEGY_CAUSE_ASKED);
      graph_run (graph);
    }
  if (task->kind == STRATEGY_TASK_WEAK_CALLBACK)
    g_assert_true (graph_is_live (graph, task->id) && graph_is_live (graph, task->other));
}

static void
check_nested (gconstpointer name)
{
  g_autoptr (Graph) graph = new_traced (name);
  guint32 dying = graph_make (graph, 0, GRAPH_FINAL, 0, "dying");

  for (guint i = 1; i <= 3; i++)
    {
      const char text[] = { '0' + i, 0 };

      add_weak (graph, i, dying, text);
    }
  graph_set_root (graph, 0, 0);
  graph->on_call = collect_inside;
  graph_collect (graph);
  g_assert_cmpuint (graph->n_calls, ==, 4);
  g_assert_cmpuint (graph->n_collections, ==, 4);
  graph->on_call = NULL;
  graph_collect (graph);
  graph_check_survivors (graph, TRUE);
}

/* ---- where objects are ---- */

static void
check_compaction (void)
{
  g_autoptr (Graph) graph = new_traced ("mark-compact");
  guint32 ids[4];
  guint64 first;

  for (guint i = 0; i < 4; i++)
    ids[i] = graph_make (graph, i, GRAPH_NODE, 0, "");
  first = get_begin (graph, ids[0]);
  graph_set_root (graph, 0, 0);
  graph_set_root (graph, 2, 0);
  graph_collect (graph);
  /* They slide, and keep their order. */
  g_assert_cmpuint (get_begin (graph, ids[1]), ==, first);
  g_assert_cmpuint (get_begin (graph, ids[3]), ==, first + 80);
  g_assert_cmpuint (get_begin (graph, graph_make (graph, 0, GRAPH_NODE, 0, "")), ==, first + 160);
  graph_check_survivors (graph, TRUE);
}

static void
check_forwarding (void)
{
  g_autoptr (Graph) graph = new_traced ("copying");
  guint32 id = graph_make (graph, 0, GRAPH_NODE, 0, "");
  guint32 other = graph_make (graph, 1, GRAPH_NODE, 0, "");
  guint64 from = get_begin (graph, id), half = 65536 / 2;

  graph_set (graph, other, 0, id);
  graph_set_root (graph, 0, 0);
  graph_collect (graph);
  /* Cheney's order: the root's object first, then what it leads to. */
  g_assert_cmpuint (get_begin (graph, other), ==, graph->heap->begin + half);
  g_assert_cmpuint (get_begin (graph, id), ==, graph->heap->begin + half + 80);
  g_assert_cmpuint (mem_get_word (graph->space, from), ==, get_begin (graph, id));
  graph_collect (graph);
  g_assert_cmpuint (get_begin (graph, other), ==, graph->heap->begin);
}

/* ---- generations ---- */

static gboolean
is_old (const Graph *graph, guint32 id)
{
  return get_begin (graph, id) >= graph->heap->begin + 65536 / 8;
}

static guint32
make_old (Graph *graph, guint root, GraphShape shape, guint n_fields)
{
  guint32 id = graph_make (graph, root, shape, n_fields, "old");

  collect_young (graph);
  g_assert_false (is_old (graph, id));
  collect_young (graph);
  g_assert_true (is_old (graph, id));
  return id;
}

/* Only an old object leads to a young one; the old one is garbage or not, a collection of the young does not ask. */
static void
check_remembered (void)
{
  g_autoptr (Graph) graph = new_traced ("generational");
  guint32 old = make_old (graph, 0, GRAPH_NODE, 0);
  guint32 young = graph_make (graph, 1, GRAPH_NODE, 0, "young");
  guint32 dead = graph_make (graph, 2, GRAPH_NODE, 0, "dead");

  graph_set (graph, old, 0, young);
  graph_set (graph, old, 1, dead);
  graph_set (graph, old, 1, 0);
  graph_set_root (graph, 1, 0);
  graph_set_root (graph, 2, 0);
  collect_young (graph);
  g_assert_true (graph_is_live (graph, young));
  g_assert_false (graph_is_live (graph, dead));
  g_assert_false (is_old (graph, young));
  /* It is still remembered. */
  collect_young (graph);
  g_assert_true (is_old (graph, young));
  graph_check_survivors (graph, FALSE);
  graph_set_root (graph, 0, 0);
  collect_young (graph);
  g_assert_true (graph_is_live (graph, young));
  graph_collect (graph);
  graph_check_survivors (graph, TRUE);
}

/* A list becomes old; its elements' block was made later and is young still. */
static void
check_elements_apart (void)
{
  g_autoptr (Graph) graph = new_traced ("generational");
  guint32 list = graph_make (graph, 0, GRAPH_LIST, 2, "list"), owned = graph->objects[list].owned;
  guint32 fresh, young;
  guint64 address, cost;

  collect_young (graph);
  collect_young (graph);
  g_assert_true (is_old (graph, list));
  fresh = graph->n_ids++;
  g_assert_cmpint (strategy_allocate (graph->strategy, fresh, 16, GRAPH_RAW, &address, &cost), ==,
                   STRATEGY_DONE);
  mem_clear (graph->space, address, 16);
  mem_set_pointer (graph->space, get_begin (graph, list) + 16, address, fresh);
  strategy_stored (graph->strategy, get_begin (graph, list) + 16, fresh);
  graph->objects[list].owned = fresh;
  young = graph_make (graph, 1, GRAPH_NODE, 0, "young");
  graph_set (graph, list, 1, young);
  graph_set_root (graph, 1, 0);
  collect_young (graph);
  g_assert_true (graph_is_live (graph, young));
  g_assert_true (graph_is_live (graph, owned));
  graph_check_survivors (graph, FALSE);
  graph_collect (graph);
  graph_check_survivors (graph, TRUE);
}

/* A weak reference that became old with a young target, which then dies young. */
static void
check_old_weak (void)
{
  g_autoptr (Graph) graph = new_traced ("generational");
  guint32 weak = graph_make (graph, 0, GRAPH_WEAK, 0, "weak"), target, other;

  collect_young (graph);
  target = graph_make (graph, 1, GRAPH_NODE, 0, "target");
  other = graph_make (graph, 2, GRAPH_WEAK, 0, "weak");
  graph_point_weakly (graph, weak, target);
  graph_point_weakly (graph, other, target);
  collect_young (graph);
  g_assert_true (is_old (graph, weak));
  g_assert_false (is_old (graph, target));
  g_assert_cmpuint (graph_get_weak_target (graph, weak), ==, target);
  graph_set_root (graph, 1, 0);
  collect_young (graph);
  g_assert_cmpuint (graph_get_weak_target (graph, weak), ==, 0);
  g_assert_cmpuint (graph_get_weak_target (graph, other), ==, 0);
  g_assert_false (graph_is_live (graph, target));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    GTestDataFunc function;
  } tests[] = {
    { "weak", check_weak },
    { "garbage-weak", check_garbage_weak },
    { "finaliser", check_finaliser },
    { "nested", check_nested },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tracing_kinds); i++)
    for (guint j = 0; j < G_N_ELEMENTS (tests); j++)
      {
        g_autofree char *path
            = g_strdup_printf ("/strategy/%s/%s", tracing_kinds[i], tests[j].name);

        g_test_add_data_func (path, tracing_kinds[i], tests[j].function);
      }
  g_test_add_func ("/strategy/mark-compact/slides", check_compaction);
  g_test_add_func ("/strategy/copying/forwards", check_forwarding);
  g_test_add_func ("/strategy/generational/remembered", check_remembered);
  g_test_add_func ("/strategy/generational/elements-apart", check_elements_apart);
  g_test_add_func ("/strategy/generational/old-weak", check_old_weak);
  return g_test_run ();
}
