/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Arrows from pointers to what they point to. None runs through a text: they run in gutters that the layout has left free.
 *
 * A way is a list of gutters that are upright and level by turns. It leaves the pointer's cell to the right, and enters a heap
 * block or constant at its left edge, a stack frame at its right edge:
 *
 *     [ ●-+        +---->[ block ]        upright: the channel between stack and heap
 *         |        |
 *         +--------+                      level: the gutter above the target's row
 *
 * First all ways are found, then each gutter gives its ways lanes, first fit, so that no two overlap,
 * then points are made. */

#include "scene-route.h"

#include <math.h>
#include <stdlib.h>

#define MOST_INKED 25 /* with more arrows the less important ones are faint */
#define STACK_INSET 15.0

/* ---- targets ---- */

/* Index of the block with this key, or G_MAXUINT32. Blocks come by number, and keys rise with it. */
static guint32
find_block (SceneBuild *build, guint32 key)
{
  GArray *blocks = build->facts->blocks;
  guint low = 0, high = blocks->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (blocks, FactsBlock, middle).key < key)
        low = middle + 1;
      else
        high = middle;
    }
  if (low < blocks->len && g_array_index (blocks, FactsBlock, low).key == key)
    return low;
  return G_MAXUINT32;
}

/* The smallest drawn value that holds the node; the whole of a value when the node is where that begins. */
static const SceneAnchor *
find_anchor (SceneBuild *build, guint32 node)
{
  guint32 root = node;

  while (facts_get_node (build->facts, root)->parent != FACTS_NO_NODE)
    root = facts_get_node (build->facts, root)->parent;
  if (build->anchors[root].item != SCENE_NO_ITEM && build->anchors[root].is_whole
      && facts_get_node (build->facts, root)->address
             == facts_get_node (build->facts, node)->address)
    return &build->anchors[root];
  while (node != FACTS_NO_NODE && build->anchors[node].item == SCENE_NO_ITEM)
    node = facts_get_node (build->facts, node)->parent;
  return node != FACTS_NO_NODE ? &build->anchors[node] : NULL;
}

/* Where a pointer leads; FALSE: to nothing that is drawn. */
static gboolean
find_target (SceneBuild *build, const FactsNode *node, SceneAnchor *target)
{
  const SceneAnchor *anchor = NULL;
  guint32 block = node->target_block != 0 ? find_block (build, node->target_block) : G_MAXUINT32;

  if (block != G_MAXUINT32 && build->block_items[block] == SCENE_NO_ITEM)
    block = G_MAXUINT32;
  if (block != G_MAXUINT32)
    {
      const SceneBox *box = scene_build_get_box (build, build->block_items[block]);

      guint32 root = g_array_index (build->facts->blocks, FactsBlock, block).root;

      *target = (SceneAnchor){ .item = build->block_items[block],
                               .spot = build->block_spots[block],
                               .is_whole = TRUE,
                               .y = box->y + box->height / 2 };
      if (root != FACTS_NO_NODE && build->anchors[root].item == target->item)
        target->y = build->anchors[root].y;
      if (g_array_index (build->facts->blocks, FactsBlock, block).address == node->target)
        return TRUE;
    }
  if (node->target_node != FACTS_NO_NODE)
    anchor = find_anchor (build, node->target_node);
  if (anchor != NULL)
    *target = *anchor;
  return anchor != NULL || block != G_MAXUINT32;
}

/* ---- ways ---- */

static guint
find_gutter (SceneRouter *router, gboolean is_upright, SceneRange range)
{
  SceneGutter fresh = { is_upright, range, 0 };

  for (guint i = 0; i < router->gutters->len; i++)
    {
      const SceneGutter *gutter = &g_array_index (router->gutters, SceneGutter, i);

      if (gutter->is_upright == is_upright && fabs (gutter->range.low - range.low) < 0.5
          && fabs (gutter->range.high - range.high) < 0.5)
        return i;
    }
  g_array_append_val (router->gutters, fresh);
  return router->gutters->len - 1;
}

static void
add_leg (SceneRouter *router, SceneWay *way, SceneRange range)
{
  gboolean is_upright = way->n_legs % 2 == 0;

  g_assert (way->n_legs < SCENE_MOST_LEGS);
  way->legs[way->n_legs].gutter = find_gutter (router, is_upright, range);
  way->legs[way->n_legs].position = (range.low + range.high) / 2;
  way->n_legs++;
}

/* From wherever it starts to the channel between stack and heap. */
static void
reach_channel (SceneRouter *router, SceneWay *way, const SceneSpot *source)
{
  if (source->zone != SCENE_ZONE_STACK)
    {
      add_leg (router, way, source->right);
      add_leg (router, way, source->above);
    }
  add_leg (router, way, router->build->channel);
}

static void
enter_left (SceneRouter *router, SceneWay *way, const SceneSpot *target)
{
  add_leg (router, way, target->above);
  add_leg (router, way, target->left);
}

static gboolean
is_same (SceneRange a, SceneRange b)
{
  return fabs (a.low - b.low) < 0.5 && fabs (a.high - b.high) < 0.5;
}

static void
route_in_heap (SceneRouter *router, SceneWay *way, const SceneSpot *source, const SceneSpot *target)
{
  gboolean is_level = source->band == target->band;

  add_leg (router, way, source->right);
  if (is_level && target->column == source->column + 1)
    return;
  if (is_level || is_same (target->below, source->above))
    {
      add_leg (router, way, source->above);
      add_leg (router, way, target->left);
    }
  else if (is_same (source->below, target->above))
    enter_left (router, way, target);
  else
    {
      add_leg (router, way, source->above);
      add_leg (router, way, router->build->corridor);
      if (target->column > 0)
        enter_left (router, way, target);
    }
}

static void
route_way (SceneRouter *router, SceneWay *way, const SceneSpot *source, const SceneSpot *target)
{
  switch (target->zone)
    {
    case SCENE_ZONE_STACK:
      reach_channel (router, way, source);
      break;
    case SCENE_ZONE_HEAP:
      if (source->zone == SCENE_ZONE_HEAP)
        {
          route_in_heap (router, way, source, target);
          break;
        }
      reach_channel (router, way, source);
      if (target->column > 0 || target->left.low > router->build->corridor.high + 40)
        enter_left (router, way, target);
      break;
    case SCENE_ZONE_DATA:
      if (source->zone == SCENE_ZONE_DATA && source->band == target->band)
        {
          add_leg (router, way, source->right);
          enter_left (router, way, target);
          break;
        }
      reach_channel (router, way, source);
      enter_left (router, way, target);
      break;
    }
}

/* Where it ends: at the edge of the box, or inside above a cell. */
static void
set_end (SceneRouter *router, SceneWay *way, const SceneAnchor *anchor, const SceneSpot *target)
{
  const SceneBox *outer = scene_build_get_box (router->build, target->item);
  const SceneBox *box = scene_build_get_box (router->build, anchor->item);

  way->to = anchor->item;
  way->target_spot = anchor->spot;
  way->is_whole = anchor->is_whole;
  way->end_x = outer->x;
  way->end_y = anchor->y;
  way->low = outer->y + 8;
  way->high = outer->y + outer->height - 8;
  if (target->zone == SCENE_ZONE_STACK)
    way->end_x = outer->x + outer->width - STACK_INSET;
  if (!anchor->is_element)
    return;
  way->has_tail = TRUE;
  way->tail_x = box->x + box->width / 2;
  way->tail_y = box->y;
  way->end_y = anchor->gutter;
}

static gboolean
is_of_top_frame (SceneBuild *build, guint32 index)
{
  for (guint i = build->facts->frames->len; i > 0; i--)
    {
      const FactsFrame *frame = &g_array_index (build->facts->frames, FactsFrame, i - 1);

      if (frame->state == FACTS_FRAME_LIVE)
        return index >= frame->first_slot && index < frame->first_slot + frame->n_slots;
    }
  return FALSE;
}

static void
add_way (SceneRouter *router, guint32 index)
{
  SceneBuild *build = router->build;
  const FactsNode *node = facts_get_node (build->facts, index);
  const SceneAnchor *source = &build->anchors[index];
  const SceneSpot *from, *to;
  SceneAnchor target = { .item = SCENE_NO_ITEM };
  SceneWay way = { .style = SCENE_ARROW_LIVE };

  if (!find_target (build, node, &target))
    return;
  from = &g_array_index (build->spots, SceneSpot, source->spot);
  to = &g_array_index (build->spots, SceneSpot, target.spot);
  way.from = source->item;
  way.start_x = source->sign_x;
  way.start_y = source->sign_y;
  if ((node->flags & (FACTS_DANGLING | FACTS_WILD)) != 0)
    way.style = SCENE_ARROW_DANGLING;
  if ((node->flags & FACTS_FAULT) != 0)
    way.style = SCENE_ARROW_FAULTY;
  way.is_weighty
      = (node->flags & (FACTS_CHANGED | FACTS_FAULT)) != 0 || is_of_top_frame (build, index);
  route_way (router, &way, from, to);
  set_end (router, &way, &target, to);
  g_array_append_val (router->ways, way);
}

/* ---- points ---- */

static void
add_point (Scene *scene, SceneArrow *arrow, double x, double y)
{
  ScenePoint point = { x, y };

  if (arrow->n_points > 0)
    {
      const ScenePoint *last = &g_array_index (scene->points, ScenePoint, scene->points->len - 1);

      if (fabs (last->x - x) < 0.01 && fabs (last->y - y) < 0.01)
        return;
    }
  g_array_append_val (scene->points, point);
  arrow->n_points++;
}

/* From the stack straight into the heap's first column, with room: a curve with level ends. */
static gboolean
is_curved (SceneRouter *router, const SceneWay *way)
{
  const SceneSpot *spot = &g_array_index (router->build->spots, SceneSpot, way->target_spot);

  return router->build->measures->has_addresses && way->n_legs == 1 && !way->has_tail
         && spot->zone == SCENE_ZONE_HEAP && way->start_x < router->build->channel.low
         && fabs (way->start_y - way->end_y) >= 1;
}

static void
trace_curve (SceneRouter *router, const SceneWay *way, SceneArrow *arrow)
{
  Scene *scene = router->build->scene;
  double x = router->build->channel.low - 8;
  double bend = (way->end_x - x) * 0.55;

  arrow->is_curve = TRUE;
  add_point (scene, arrow, way->start_x, way->start_y);
  add_point (scene, arrow, x, way->start_y);
  add_point (scene, arrow, x + bend, way->start_y);
  add_point (scene, arrow, way->end_x - bend, way->end_y);
  add_point (scene, arrow, way->end_x, way->end_y);
}

static void
trace_legs (SceneRouter *router, const SceneWay *way, SceneArrow *arrow)
{
  Scene *scene = router->build->scene;
  double x = way->start_x, y = way->start_y;

  add_point (scene, arrow, x, y);
  if (way->n_legs > 1 || fabs (way->start_y - way->end_y) >= 1)
    for (guint i = 0; i < way->n_legs; i++)
      {
        if (i % 2 == 0)
          x = way->legs[i].position;
        else
          y = way->legs[i].position;
        add_point (scene, arrow, x, y);
      }
  add_point (scene, arrow, x, way->end_y);
  if (way->has_tail)
    {
      add_point (scene, arrow, way->tail_x, way->end_y);
      add_point (scene, arrow, way->tail_x, way->tail_y);
    }
  else
    add_point (scene, arrow, way->end_x, way->end_y);
}

static void
trace_way (SceneRouter *router, const SceneWay *way)
{
  Scene *scene = router->build->scene;
  SceneItem item = { .kind = SCENE_ITEM_ARROW, .owner = way->from };

  item.arrow.style = way->style;
  item.arrow.from = way->from;
  item.arrow.to = way->to;
  item.arrow.is_faint = router->ways->len > MOST_INKED && !way->is_weighty;
  item.arrow.first_point = scene->points->len;
  if (is_curved (router, way))
    trace_curve (router, way, &item.arrow);
  else
    trace_legs (router, way, &item.arrow);
  g_array_append_val (scene->items, item);
}

/* Draws an arrow from every pointer's sign to what it points to, where both are in the picture. */
void
scene_build_arrows (SceneBuild *build)
{
  SceneRouter router = { .build = build };

  router.ways = g_array_new (FALSE, FALSE, sizeof (SceneWay));
  router.gutters = g_array_new (FALSE, FALSE, sizeof (SceneGutter));
  for (guint32 i = 0; i < build->facts->n_own; i++)
    {
      const FactsNode *node = facts_get_node (build->facts, i);

      if (build->anchors[i].item != SCENE_NO_ITEM && build->anchors[i].has_sign
          && (node->flags & FACTS_POINTER) != 0
          && (node->flags & (FACTS_NULL | FACTS_UNDEFINED | FACTS_NOT_LIVE)) == 0)
        add_way (&router, i);
    }
  scene_route_choose_ports (&router);
  scene_route_choose_lanes (&router);
  for (guint i = 0; i < router.ways->len; i++)
    trace_way (&router, &g_array_index (router.ways, SceneWay, i));
  g_array_unref (router.ways);
  g_array_unref (router.gutters);
}

/* ---- flattening ---- */

static void
append_point (GArray *line, double x, double y)
{
  ScenePoint point = { x, y };

  g_array_append_val (line, point);
}

GArray *
scene_flatten_arrow (const Scene *scene, const SceneArrow *arrow)
{
  GArray *line = g_array_new (FALSE, FALSE, sizeof (ScenePoint));
  const ScenePoint *p = &g_array_index (scene->points, ScenePoint, arrow->first_point);

  if (!arrow->is_curve)
    {
      g_array_append_vals (line, p, arrow->n_points);
      return line;
    }
  append_point (line, p[0].x, p[0].y);
  for (guint i = 0; i <= 16; i++)
    {
      double t = i / 16.0, s = 1 - t;
      double a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;

      append_point (line, a * p[1].x + b * p[2].x + c * p[3].x + d * p[4].x,
                    a * p[1].y + b * p[2].y + c * p[3].y + d * p[4].y);
    }
  return line;
}
