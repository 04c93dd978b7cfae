/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Objects in memory, and the model of them: see graph.h. */

#include "graph.h"

#include <string.h>

#define HEAD 8                           /* after the count */
#define WEAK_HEAD (8 + GRAPH_FIELDS * 8) /* nodes: the newest weak reference */
#define NODE_BYTES (WEAK_HEAD + 8)

/* ---- shapes ---- */

static void
add_node_words (MemShape *shape)
{
  for (guint i = 0; i < GRAPH_FIELDS; i++)
    mem_shape_add_word (shape, FALSE, HEAD + i * 8, MEM_WORD_REFERENCE);
}

static void
make_node (MemShape *shape)
{
  add_node_words (shape);
  mem_shape_add_word (shape, FALSE, WEAK_HEAD, MEM_WORD_WEAK);
  shape->weak_head = WEAK_HEAD;
}

/* [count][number][owned] */
static void
make_apart (MemShape *shape, guint words, gboolean backward)
{
  mem_shape_add_word (shape, FALSE, 16, MEM_WORD_OWNED);
  shape->count_offset = 8;
  shape->items_offset = 16;
  shape->items_apart = TRUE;
  shape->stride = words * 8;
  shape->releases_backward = backward;
  for (guint i = 0; i < words; i++)
    mem_shape_add_word (shape, TRUE, i * 8, MEM_WORD_REFERENCE);
}

static void
make_within (MemShape *shape, guint32 count_offset, MemWordKind kind)
{
  shape->count_offset = count_offset;
  shape->items_offset = count_offset + 8;
  shape->stride = 8;
  shape->releases_backward = TRUE;
  mem_shape_add_word (shape, TRUE, 0, kind);
}

/* [count][target][next][previous][call-back] */
static void
make_weak (MemShape *shape)
{
  for (guint i = 0; i < 3; i++)
    mem_shape_add_word (shape, FALSE, 8 + i * 8, MEM_WORD_WEAK);
  mem_shape_add_word (shape, FALSE, 32, MEM_WORD_REFERENCE);
  shape->weak_next = 16;
  shape->weak_previous = 24;
  shape->weak_callback = 32;
}

static void
make_shapes (Graph *graph)
{
  MemShape *shapes = graph->shapes;

  for (guint i = 0; i < GRAPH_N_SHAPES; i++)
    mem_shape_init (&shapes[i]);
  make_node (&shapes[GRAPH_NODE]);
  make_apart (&shapes[GRAPH_LIST], 1, TRUE);
  make_within (&shapes[GRAPH_TUPLE], 8, MEM_WORD_REFERENCE);
  make_apart (&shapes[GRAPH_DICT], 2, FALSE);
  make_node (&shapes[GRAPH_FINAL]);
  shapes[GRAPH_FINAL].finaliser = 1;
  make_node (&shapes[GRAPH_FLAGGED]);
  shapes[GRAPH_FLAGGED].finaliser = 2;
  shapes[GRAPH_FLAGGED].class_offset = HEAD;
  shapes[GRAPH_FLAGGED].flag_offset = HEAD;
  add_node_words (&shapes[GRAPH_LISTLIKE]);
  make_within (&shapes[GRAPH_LISTLIKE], WEAK_HEAD, MEM_WORD_REFERENCE);
  shapes[GRAPH_LISTLIKE].finaliser = 1;
  make_weak (&shapes[GRAPH_WEAK]);
  make_within (&shapes[GRAPH_WEAK_ROW], 8, MEM_WORD_WEAK);
}

Graph *
graph_new (StrategyKind kind, guint64 heap_bytes, const StrategySettings *settings)
{
  const MemSizes sizes = { .data = GRAPH_ROOTS * 8, .heap = heap_bytes, .stack = 4096 };
  const StrategySettings none = { 0 };
  Graph *graph = g_new0 (Graph, 1);

  graph->space = mem_space_new (&sizes);
  graph->heap = mem_heap_new (graph->space, strategy_kind_get_allocator (kind));
  make_shapes (graph);
  graph->high_water = graph->heap->begin;
  graph->strategy = strategy_new (kind, graph->space, graph->heap, graph->shapes, GRAPH_N_SHAPES,
                                  &graph->high_water, settings != NULL ? settings : &none);
  graph->n_ids = 1;
  graph->objects = g_new0 (GraphObject, GRAPH_MAX_OBJECTS);
  for (guint i = 0; i < GRAPH_ROOTS; i++)
    graph->roots[i] = graph->space->regions[MEM_REGION_DATA].begin + i * 8;
  graph->log = g_string_new (NULL);
  graph->verifies = TRUE;
  return graph;
}

void
graph_free (Graph *graph)
{
  strategy_free (graph->strategy);
  mem_heap_free (graph->heap);
  for (guint i = 0; i < GRAPH_N_SHAPES; i++)
    mem_shape_clear (&graph->shapes[i]);
  mem_space_free (graph->space);
  g_string_free (graph->log, TRUE);
  g_free (graph->objects);
  g_free (graph);
}

gboolean
graph_is_live (const Graph *graph, guint32 id)
{
  return mem_block_get (graph->space, id)->state == MEM_BLOCK_LIVE;
}

static guint64
get_begin (const Graph *graph, guint32 id)
{
  return mem_block_get (graph->space, id)->begin;
}

/* ---- work ---- */

void
graph_verify (Graph *graph)
{
  g_autofree char *complaint = strategy_complain (graph->strategy, graph->roots, GRAPH_ROOTS);

  g_assert_cmpstr (complaint, ==, NULL);
}

/* One small step; what it wants called is called at once. FALSE: there was nothing to do. */
gboolean
graph_step (Graph *graph)
{
  StrategyTask task;
  StrategyWork work = strategy_step (graph->strategy, &task);

  if (work == STRATEGY_IDLE)
    return FALSE;
  graph->n_steps++;
  if (work == STRATEGY_CALL)
    {
      guint32 id = task.id;

      graph->n_calls++;
      g_string_append_printf (graph->log, "%s%s ",
                              task.kind == STRATEGY_TASK_FINALISER ? "" : "call-",
                              graph->objects[id].name);
      if (graph->on_call != NULL)
        graph->on_call (graph, &task);
      /* What died meanwhile is dead before the call is over. */
      graph_run (graph);
      strategy_returned (graph->strategy);
    }
  if (graph->verifies)
    graph_verify (graph);
  return TRUE;
}

void
graph_run (Graph *graph)
{
  while (graph_step (graph))
    ;
  g_assert_false (strategy_has_work (graph->strategy));
}

void
graph_begin (Graph *graph, StrategyCause cause)
{
  graph->n_collections++;
  strategy_begin (graph->strategy, cause, graph->roots, GRAPH_ROOTS);
}

/* A collection asked for by the program. What it found. */
guint64
graph_collect (Graph *graph)
{
  graph_begin (graph, STRATEGY_CAUSE_ASKED);
  graph_run (graph);
  return strategy_get_statistics (graph->strategy).n_found;
}

/* ---- objects ---- */

static gboolean
is_counted (const Graph *graph)
{
  return strategy_kind_is_counted (strategy_get_kind (graph->strategy));
}

/* Stores a reference as a machine does: what comes is retained before what goes is released. */
static void
store (Graph *graph, guint64 at, guint32 to)
{
  guint32 old = mem_shape_get_target (graph->space, at);

  if (is_counted (graph))
    strategy_retain (graph->strategy, to);
  mem_set_pointer (graph->space, at, to != 0 ? get_begin (graph, to) : 0, to);
  strategy_stored (graph->strategy, at, to);
  if (is_counted (graph))
    strategy_release (graph->strategy, old);
}

static guint32
allocate (Graph *graph, guint64 n_bytes, GraphShape shape)
{
  guint64 address, cost;
  guint n = 0;

  for (;;)
    switch (strategy_allocate (graph->strategy, graph->n_ids, n_bytes, shape, &address, &cost))
      {
      case STRATEGY_DONE:
        g_assert_cmpuint (address, ==, get_begin (graph, graph->n_ids));
        g_assert_cmpuint (graph->n_ids, <, GRAPH_MAX_OBJECTS);
        return graph->n_ids++;
      case STRATEGY_COLLECT:
        g_assert_cmpuint (n++, <, 2);
        graph_begin (graph, STRATEGY_CAUSE_ALLOCATION);
        graph_run (graph);
        break;
      case STRATEGY_FULL:
        return 0;
      }
}

static guint64
get_bytes (GraphShape shape, guint n_fields)
{
  switch (shape)
    {
    case GRAPH_RAW:
      return n_fields * 8;
    case GRAPH_NODE:
    case GRAPH_FINAL:
    case GRAPH_FLAGGED:
      return NODE_BYTES;
    case GRAPH_LIST:
    case GRAPH_DICT:
      return 24;
    case GRAPH_TUPLE:
    case GRAPH_WEAK_ROW:
      return 16 + n_fields * 8;
    case GRAPH_LISTLIKE:
      return NODE_BYTES + GRAPH_FIELDS * 8;
    case GRAPH_WEAK:
      return 40;
    case GRAPH_N_SHAPES:
      break;
    }
  g_assert_not_reached ();
}

/* Gives a list or a dict the block of its elements, and all shapes their number. */
static void
add_elements (Graph *graph, guint root, guint32 id, GraphShape shape, guint n_fields)
{
  const MemShape *of = &graph->shapes[shape];
  guint64 n = shape == GRAPH_LISTLIKE ? GRAPH_FIELDS : n_fields * 8 / MAX (of->stride, 1);

  if (of->items_apart)
    {
      guint32 owned = allocate (graph, n_fields * 8, GRAPH_RAW);

      /* What asks for memory may have moved or freed it. */
      g_assert_true (owned != 0 && graph_is_live (graph, id));
      mem_clear (graph->space, get_begin (graph, owned), n_fields * 8);
      mem_set_pointer (graph->space, get_begin (graph, id) + of->items_offset,
                       get_begin (graph, owned), owned);
      strategy_stored (graph->strategy, get_begin (graph, id) + of->items_offset, owned);
      graph->objects[id].owned = owned;
      g_assert_cmpuint (graph->root_ids[root], ==, id);
    }
  if (of->count_offset != MEM_SHAPE_NONE)
    mem_set_bytes (graph->space, get_begin (graph, id) + of->count_offset, &n, 8);
}

/* A new object, held by a root; 0 when there is no room. n_fields: elements, of dicts keys and values; nodes have GRAPH_FIELDS. */
guint32
graph_make (Graph *graph, guint root, GraphShape shape, guint n_fields, const char *name)
{
  guint64 n_bytes = get_bytes (shape, n_fields), one = 1;
  guint32 id = allocate (graph, n_bytes, shape);
  GraphObject *object = &graph->objects[id];

  if (id == 0)
    return 0;
  mem_clear (graph->space, get_begin (graph, id), n_bytes);
  object->shape = shape;
  object->n_fields = shape == GRAPH_LISTLIKE                         ? GRAPH_FIELDS * 2
                     : shape == GRAPH_WEAK                           ? 1
                     : n_bytes == NODE_BYTES && shape != GRAPH_TUPLE ? GRAPH_FIELDS
                                                                     : n_fields;
  if (shape == GRAPH_WEAK_ROW || shape == GRAPH_RAW)
    object->n_fields = 0;
  g_strlcpy (object->name, name, sizeof object->name);
  if (is_counted (graph) && shape != GRAPH_RAW)
    mem_set_bytes (graph->space, get_begin (graph, id), &one, 8);
  graph_set_root (graph, root, id);
  if (is_counted (graph) && shape != GRAPH_RAW)
    strategy_release (graph->strategy, id);
  add_elements (graph, root, id, shape, n_fields);
  graph_run (graph);
  return id;
}

/* Where reference `field` of an object is. */
static guint64
find_field (const Graph *graph, guint32 id, guint field)
{
  const GraphObject *object = &graph->objects[id];
  guint64 begin = get_begin (graph, id);

  switch (object->shape)
    {
    case GRAPH_NODE:
    case GRAPH_FINAL:
    case GRAPH_FLAGGED:
      return begin + HEAD + field * 8;
    case GRAPH_LISTLIKE:
      return begin + (field < GRAPH_FIELDS ? HEAD : HEAD + 8) + field * 8;
    case GRAPH_LIST:
    case GRAPH_DICT:
      return get_begin (graph, object->owned) + field * 8;
    case GRAPH_TUPLE:
    case GRAPH_WEAK_ROW:
      return begin + 16 + field * 8;
    case GRAPH_WEAK:
      return begin + 32;
    case GRAPH_RAW:
    case GRAPH_N_SHAPES:
      break;
    }
  g_assert_not_reached ();
}

void
graph_set (Graph *graph, guint32 id, guint field, guint32 to)
{
  graph->objects[id].fields[field] = to;
  store (graph, find_field (graph, id, field), to);
  graph_run (graph);
}

/* Nothing is done about what dies of it: that is graph_run()'s. */
void
graph_set_root (Graph *graph, guint root, guint32 id)
{
  graph->root_ids[root] = id;
  store (graph, graph->roots[root], id);
}

/* As CPython's insert_head() in weakrefobject.c. */
void
graph_point_weakly (Graph *graph, guint32 weak, guint32 target)
{
  guint64 begin = get_begin (graph, weak), head = get_begin (graph, target) + WEAK_HEAD;
  guint32 first = mem_shape_get_target (graph->space, head);
  Strategy *strategy = graph->strategy;

  mem_set_pointer (graph->space, begin + 8, get_begin (graph, target), target);
  strategy_stored (strategy, begin + 8, target);
  if (!is_counted (graph))
    return;
  if (first != 0)
    {
      mem_set_pointer (graph->space, begin + 16, get_begin (graph, first), first);
      mem_set_pointer (graph->space, get_begin (graph, first) + 24, begin, weak);
    }
  mem_set_pointer (graph->space, head, begin, weak);
}

guint32
graph_get_weak_target (Graph *graph, guint32 weak)
{
  guint64 at = get_begin (graph, weak) + 8;
  guint32 id = mem_shape_get_target (graph->space, at);

  g_assert_cmpuint (mem_get_word (graph->space, at), ==, id != 0 ? get_begin (graph, id) : 0);
  return id;
}

void
graph_set_row (Graph *graph, guint32 row, guint index, guint32 target)
{
  guint64 at = find_field (graph, row, index);

  mem_set_pointer (graph->space, at, get_begin (graph, target), target);
  strategy_stored (graph->strategy, at, target);
}

guint32
graph_get_row (Graph *graph, guint32 row, guint index)
{
  guint64 at = find_field (graph, row, index);
  guint32 id = mem_shape_get_target (graph->space, at);

  g_assert_cmpuint (mem_get_word (graph->space, at), ==, id != 0 ? get_begin (graph, id) : 0);
  return id;
}

/* ---- what must be alive ---- */

static void
reach (const Graph *graph, guint32 id, guint8 *reached)
{
  const GraphObject *object = &graph->objects[id];

  if (id == 0 || reached[id])
    return;
  reached[id] = TRUE;
  reach (graph, object->owned, reached);
  for (guint i = 0; i < object->n_fields; i++)
    reach (graph, object->fields[i], reached);
}

/* By id, from the model alone. (transfer full) */
guint8 *
graph_dup_reachable (const Graph *graph)
{
  guint8 *reached = g_malloc0 (graph->n_ids);

  for (guint i = 0; i < GRAPH_ROOTS; i++)
    reach (graph, graph->root_ids[i], reached);
  return reached;
}

static void
check_word (const Graph *graph, guint64 at, guint32 id)
{
  g_assert_cmpuint (mem_shape_get_target (graph->space, at), ==, id);
  g_assert_cmpuint (mem_get_word (graph->space, at), ==, id != 0 ? get_begin (graph, id) : 0);
}

/* What can be reached lives, and leads where the model says; exactly: nothing else lives. */
void
graph_check_survivors (Graph *graph, gboolean exactly)
{
  g_autofree guint8 *reached = graph_dup_reachable (graph);

  for (guint i = 0; i < GRAPH_ROOTS; i++)
    check_word (graph, graph->roots[i], graph->root_ids[i]);
  for (guint32 id = 1; id < graph->n_ids; id++)
    {
      if (reached[id])
        g_assert_true (graph_is_live (graph, id));
      else if (exactly)
        g_assert_false (graph_is_live (graph, id));
      for (guint i = 0; reached[id] && i < graph->objects[id].n_fields; i++)
        check_word (graph, find_field (graph, id, i), graph->objects[id].fields[i]);
    }
  graph_verify (graph);
}

/* And the log begins anew. */
void
graph_expect_log (Graph *graph, const char *expected)
{
  if (graph->log->len > 0)
    g_string_truncate (graph->log, graph->log->len - 1);
  g_assert_cmpstr (graph->log->str, ==, expected);
  g_string_truncate (graph->log, 0);
}

/* ---- keyframes ---- */

static void
list_arrays (Graph *graph, MemArray *arrays[GRAPH_N_ARRAYS])
{
  arrays[0] = graph->space->array;
  arrays[1] = graph->space->block_array;
  arrays[2] = graph->heap->index_array;
  arrays[3] = strategy_get_array (graph->strategy);
}

GraphKeyframe *
graph_keep (Graph *graph)
{
  GraphKeyframe *keyframe = g_new0 (GraphKeyframe, 1);
  MemArray *arrays[GRAPH_N_ARRAYS];

  list_arrays (graph, arrays);
  for (guint i = 0; i < GRAPH_N_ARRAYS; i++)
    keyframe->snapshots[i] = mem_array_snapshot (arrays[i]);
  keyframe->high_water = graph->high_water;
  keyframe->n_ids = graph->n_ids;
  memcpy (keyframe->root_ids, graph->root_ids, sizeof graph->root_ids);
  return keyframe;
}

void
graph_go_back (Graph *graph, const GraphKeyframe *keyframe)
{
  MemArray *arrays[GRAPH_N_ARRAYS];

  list_arrays (graph, arrays);
  for (guint i = 0; i < GRAPH_N_ARRAYS; i++)
    mem_array_restore (arrays[i], keyframe->snapshots[i]);
  graph->high_water = keyframe->high_water;
  graph->n_ids = keyframe->n_ids;
  memcpy (graph->root_ids, keyframe->root_ids, sizeof graph->root_ids);
}

void
graph_drop (Graph *graph, GraphKeyframe *keyframe)
{
  MemArray *arrays[GRAPH_N_ARRAYS];

  list_arrays (graph, arrays);
  for (guint i = 0; i < GRAPH_N_ARRAYS; i++)
    mem_array_drop_snapshot (arrays[i], keyframe->snapshots[i]);
  g_free (keyframe);
}

guint64
graph_hash (Graph *graph)
{
  MemArray *arrays[GRAPH_N_ARRAYS];
  guint64 hash = graph->high_water;

  list_arrays (graph, arrays);
  for (guint i = 0; i < GRAPH_N_ARRAYS; i++)
    hash = mem_array_hash (arrays[i], hash);
  return hash;
}
