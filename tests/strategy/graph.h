/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "strategy/strategy.h"

G_BEGIN_DECLS

/* Graphs of objects built straight in a memory space, without a machine. A model beside them, which knows nothing of shapes or bytes, says
 * what must be alive and who must lead to whom.
 *
 * Objects have names; what a finaliser or a call-back says goes to the log, and finalisers do what the test asks. */

#define GRAPH_ROOTS 64
#define GRAPH_FIELDS 8
#define GRAPH_MAX_OBJECTS 20000

/* Shapes of the objects. All begin with a count. */
typedef enum
{
  GRAPH_RAW,   /* no shape */
  GRAPH_NODE,  /* GRAPH_FIELDS references, in the order of their words; can be weakly referenced */
  GRAPH_LIST,  /* elements apart, let go backward */
  GRAPH_TUPLE, /* elements within, let go backward */
  GRAPH_DICT,  /* entries apart: key, value; let go forward */
  GRAPH_FINAL, /* a node with a finaliser */
  GRAPH_FLAGGED, /* a node whose finaliser depends on a flag of its class, field 0 */
  GRAPH_LISTLIKE, /* GRAPH_FIELDS references and elements within: a subclass of list; has a finaliser */
  GRAPH_WEAK,     /* a weak reference with a call-back, field 0 */
  GRAPH_WEAK_ROW, /* elements within that are all weak */
  GRAPH_N_SHAPES,
} GraphShape;

typedef struct
{
  GraphShape shape;
  guint n_fields;
  guint32 fields[GRAPH_FIELDS * 2]; /* ids; of a weak reference: only the call-back */
  guint32 owned;                    /* the block of the elements */
  gboolean had_finaliser;
  char name[12];
} GraphObject;

typedef struct _Graph Graph;
typedef void (*GraphCall) (Graph *graph, const StrategyTask *task);

struct _Graph
{
  MemSpace *space;
  MemHeap *heap;
  MemShape shapes[GRAPH_N_SHAPES];
  Strategy *strategy;
  guint64 high_water;
  guint32 n_ids; /* from 1 */
  GraphObject *objects;
  guint64 roots[GRAPH_ROOTS]; /* addresses */
  guint32 root_ids[GRAPH_ROOTS];
  GString *log;
  GraphCall on_call; /* besides the log; nullable */
  gboolean verifies; /* after every step */
  guint64 n_steps;
  guint n_collections, n_calls;
};

Graph *graph_new (StrategyKind kind, guint64 heap_bytes, const StrategySettings *settings);
void graph_free (Graph *graph);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Graph, graph_free)

guint32 graph_make (Graph *graph, guint root, GraphShape shape, guint n_fields, const char *name);
void graph_set (Graph *graph, guint32 id, guint field, guint32 to);
void graph_set_root (Graph *graph, guint root, guint32 id);
void graph_point_weakly (Graph *graph, guint32 weak, guint32 target);
guint32 graph_get_weak_target (Graph *graph, guint32 weak);
void graph_set_row (Graph *graph, guint32 row, guint index, guint32 target);
guint32 graph_get_row (Graph *graph, guint32 row, guint index);
gboolean graph_is_live (const Graph *graph, guint32 id);

gboolean graph_step (Graph *graph);
void graph_begin (Graph *graph, StrategyCause cause);
void graph_run (Graph *graph);
guint64 graph_collect (Graph *graph);
void graph_verify (Graph *graph);
guint8 *graph_dup_reachable (const Graph *graph);
void graph_check_survivors (Graph *graph, gboolean exactly);
void graph_expect_log (Graph *graph, const char *expected);

/* ---- keyframes ---- */

#define GRAPH_N_ARRAYS 4

typedef struct
{
  MemSnapshot *snapshots[GRAPH_N_ARRAYS];
  guint64 high_water;
  guint32 n_ids;
  guint32 root_ids[GRAPH_ROOTS];
} GraphKeyframe;

GraphKeyframe *graph_keep (Graph *graph);
void graph_go_back (Graph *graph, const GraphKeyframe *keyframe);
void graph_drop (Graph *graph, GraphKeyframe *keyframe);
guint64 graph_hash (Graph *graph);

G_END_DECLS
