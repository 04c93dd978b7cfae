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

#include "scene-build.h"

#include <math.h>
#include <stdlib.h>

#define MOST_LEGS 6
#define MOST_INKED 25 /* with more arrows the less important ones are faint */
#define LANE 7.0
#define PORT 8.0
#define MOST_PORTS 8
#define MOST_LANES 24
#define STACK_INSET 15.0

typedef struct
{
  guint gutter; /* index in gutters */
  double position;
} Leg;

typedef struct
{
  guint32 from, to; /* items */
  guint32 target_spot;
  SceneArrowStyle style;
  gboolean is_weighty; /* keeps its ink among many */
  gboolean is_whole;   /* leads to a whole box: any place of its left edge will do */
  gboolean has_tail;   /* goes on inside to a cell of a row, from above */
  double tail_x, tail_y;
  double start_x, start_y, end_x, end_y;
  double low, high; /* where its end may be */
  guint n_legs;
  Leg legs[MOST_LEGS];
} Way;

typedef struct
{
  gboolean is_upright;
  SceneRange range;
  guint n_lanes;
} Gutter;

typedef struct
{
  SceneBuild *build;
  GArray *ways;    /* of Way */
  GArray *gutters; /* of Gutter */
  guint32 *order;  /* blocks by key, made when first needed */
} Router;

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
find_gutter (Router *router, gboolean is_upright, SceneRange range)
{
  Gutter fresh = { is_upright, range, 0 };

  for (guint i = 0; i < router->gutters->len; i++)
    {
      const Gutter *gutter = &g_array_index (router->gutters, Gutter, i);

      if (gutter->is_upright == is_upright && fabs (gutter->range.low - range.low) < 0.5
          && fabs (gutter->range.high - range.high) < 0.5)
        return i;
    }
  g_array_append_val (router->gutters, fresh);
  return router->gutters->len - 1;
}

static void
add_leg (Router *router, Way *way, SceneRange range)
{
  gboolean is_upright = way->n_legs % 2 == 0;

  g_assert (way->n_legs < MOST_LEGS);
  way->legs[way->n_legs].gutter = find_gutter (router, is_upright, range);
  way->legs[way->n_legs].position = (range.low + range.high) / 2;
  way->n_legs++;
}

/* From wherever it starts to the channel between stack and heap. */
static void
reach_channel (Router *router, Way *way, const SceneSpot *source)
{
  if (source->zone != SCENE_ZONE_STACK)
    {
      add_leg (router, way, source->right);
      add_leg (router, way, source->above);
    }
  add_leg (router, way, router->build->channel);
}

static void
enter_left (Router *router, Way *way, const SceneSpot *target)
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
route_in_heap (Router *router, Way *way, const SceneSpot *source, const SceneSpot *target)
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
route_way (Router *router, Way *way, const SceneSpot *source, const SceneSpot *target)
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
set_end (Router *router, Way *way, const SceneAnchor *anchor, const SceneSpot *target)
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
add_way (Router *router, guint32 index)
{
  SceneBuild *build = router->build;
  const FactsNode *node = facts_get_node (build->facts, index);
  const SceneAnchor *source = &build->anchors[index];
  const SceneSpot *from, *to;
  SceneAnchor target = { .item = SCENE_NO_ITEM };
  Way way = { .style = SCENE_ARROW_LIVE };

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

/* ---- ports ---- */

/* A way with a single turn can be straight when its end may be at the height of its start. */
static void
wish_port (Way *way)
{
  if (!way->is_whole)
    return;
  if (way->n_legs == 1 && way->start_y >= way->low && way->start_y <= way->high)
    way->end_y = way->start_y;
}

static gint
compare_ends (gconstpointer a, gconstpointer b)
{
  const Way *first = *(Way *const *)a;
  const Way *second = *(Way *const *)b;

  if (first->target_spot != second->target_spot)
    return first->target_spot < second->target_spot ? -1 : 1;
  if (first->end_y != second->end_y)
    return first->end_y < second->end_y ? -1 : 1;
  if (first->start_y != second->start_y)
    return first->start_y < second->start_y ? -1 : 1;
  return first->from < second->from ? -1 : first->from > second->from;
}

/* Ends at one box stand some pixels apart, in the order of where they come from; more than eight are one bundle. */
static void
spread_ports (Way **ways, guint n)
{
  double y = -G_MAXDOUBLE, over;

  if (n < 2 || n > MOST_PORTS)
    return;
  for (guint i = 0; i < n; i++)
    {
      ways[i]->end_y = MAX (ways[i]->end_y, y + PORT);
      y = ways[i]->end_y;
    }
  over = y - ways[n - 1]->high;
  for (guint i = 0; i < n && over > 0; i++)
    ways[i]->end_y = MAX (ways[i]->low, ways[i]->end_y - over);
}

static void
choose_ports (Router *router)
{
  g_autoptr (GPtrArray) whole = g_ptr_array_new ();
  guint begin = 0;

  for (guint i = 0; i < router->ways->len; i++)
    {
      Way *way = &g_array_index (router->ways, Way, i);

      wish_port (way);
      if (way->is_whole)
        g_ptr_array_add (whole, way);
    }
  g_ptr_array_sort (whole, compare_ends);
  for (guint i = 1; i <= whole->len; i++)
    if (i == whole->len
        || ((Way *)whole->pdata[i])->target_spot != ((Way *)whole->pdata[begin])->target_spot)
      {
        spread_ports ((Way **)&whole->pdata[begin], i - begin);
        begin = i;
      }
}

/* ---- lanes ---- */

typedef struct
{
  double low, high;
  double start; /* where it enters the gutter */
  gboolean is_falling;
  guint lane;
  Leg *leg;
} Span;

/* In this order first fit makes few crossings: what falls from low starts keeps left of what falls from high ones, and what
 * rises the other way round. */
static gint
compare_spans (gconstpointer a, gconstpointer b)
{
  const Span *first = a, *second = b;

  if (first->is_falling != second->is_falling)
    return first->is_falling ? -1 : 1;
  if (first->start != second->start)
    return (first->start > second->start) == first->is_falling ? -1 : 1;
  return first->high < second->high ? -1 : first->high > second->high;
}

/* How far a leg runs along its gutter: from where the way comes to where it goes. */
static Span
measure_leg (Way *way, guint index)
{
  double before = index > 0 ? way->legs[index - 1].position : way->start_y;
  double after = index + 1 < way->n_legs ? way->legs[index + 1].position : way->end_y;
  Span span
      = { MIN (before, after), MAX (before, after), before, after >= before, 0, &way->legs[index] };

  if (index % 2 == 1)
    span.is_falling = TRUE;
  return span;
}

static gboolean
is_lane_free (GArray *spans, guint n_placed, guint lane, const Span *span)
{
  for (guint i = 0; i < n_placed; i++)
    {
      const Span *other = &g_array_index (spans, Span, i);

      if (other->lane == lane && span->low - 3 <= other->high && other->low - 3 <= span->high)
        return FALSE;
    }
  return TRUE;
}

static void
share_gutter (Gutter *gutter, GArray *spans)
{
  double pitch, first;

  gutter->n_lanes = 0;
  g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len; i++)
    {
      Span *span = &g_array_index (spans, Span, i);

      while (span->lane < MOST_LANES && !is_lane_free (spans, i, span->lane, span))
        span->lane++;
      gutter->n_lanes = MAX (gutter->n_lanes, span->lane + 1);
    }
  pitch = MIN (LANE, (gutter->range.high - gutter->range.low) / gutter->n_lanes);
  first = (gutter->range.low + gutter->range.high - (gutter->n_lanes - 1) * pitch) / 2;
  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);

      span->leg->position = first + span->lane * pitch;
    }
}

/* Level gutters first: what runs upright then knows how far it must go. */
static void
choose_lanes (Router *router)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (Span));

  for (guint pass = 0; pass < 2; pass++)
    for (guint g = 0; g < router->gutters->len; g++)
      {
        Gutter *gutter = &g_array_index (router->gutters, Gutter, g);

        if (gutter->is_upright != (pass == 1))
          continue;
        g_array_set_size (spans, 0);
        for (guint i = 0; i < router->ways->len; i++)
          {
            Way *way = &g_array_index (router->ways, Way, i);
            gboolean is_straight = way->n_legs == 1 && fabs (way->start_y - way->end_y) < 1;

            for (guint j = 0; j < way->n_legs && !is_straight; j++)
              if (way->legs[j].gutter == g)
                {
                  Span span = measure_leg (way, j);

                  g_array_append_val (spans, span);
                }
          }
        if (spans->len > 0)
          share_gutter (gutter, spans);
      }
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
is_curved (Router *router, const Way *way)
{
  const SceneSpot *spot = &g_array_index (router->build->spots, SceneSpot, way->target_spot);

  return router->build->measures->has_addresses && way->n_legs == 1 && !way->has_tail
         && spot->zone == SCENE_ZONE_HEAP && way->start_x < router->build->channel.low
         && fabs (way->start_y - way->end_y) >= 1;
}

static void
trace_curve (Router *router, const Way *way, SceneArrow *arrow)
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
trace_legs (Router *router, const Way *way, SceneArrow *arrow)
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
trace_way (Router *router, const Way *way)
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
  Router router = { .build = build };

  router.ways = g_array_new (FALSE, FALSE, sizeof (Way));
  router.gutters = g_array_new (FALSE, FALSE, sizeof (Gutter));
  for (guint32 i = 0; i < build->facts->nodes->len; i++)
    {
      const FactsNode *node = facts_get_node (build->facts, i);

      if (build->anchors[i].item != SCENE_NO_ITEM && build->anchors[i].has_sign
          && (node->flags & FACTS_POINTER) != 0
          && (node->flags & (FACTS_NULL | FACTS_UNDEFINED | FACTS_NOT_LIVE)) == 0)
        add_way (&router, i);
    }
  choose_ports (&router);
  choose_lanes (&router);
  for (guint i = 0; i < router.ways->len; i++)
    trace_way (&router, &g_array_index (router.ways, Way, i));
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
