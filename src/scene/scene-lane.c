/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ports and lanes: where ways end at a box, and how those that share a gutter run side by side. */

#include <math.h>

#include "scene-route.h"

#define LANE 7.0
#define MOST_LANES 24
#define PORT 12.0 /* less where there is no room */
#define MOST_PORTS 8

/* ---- ports ---- */

/* A way with a single turn can be straight when its end may be at the height of its start. */
static void
wish_port (SceneWay *way)
{
  if (!way->is_whole)
    return;
  if (way->n_legs == 1 && way->start_y >= way->low && way->start_y <= way->high)
    way->end_y = way->start_y;
}

static gint
compare_starts (gconstpointer a, gconstpointer b)
{
  const SceneWay *first = *(SceneWay *const *)a;
  const SceneWay *second = *(SceneWay *const *)b;

  if (first->target_spot != second->target_spot)
    return first->target_spot < second->target_spot ? -1 : 1;
  return first->start_y < second->start_y ? -1 : first->start_y > second->start_y;
}

/* Of ways with a single turn the one that starts lower ends lower: so they do not cross. */
static void
order_ports (GPtrArray *ways)
{
  const SceneWay *above = NULL;

  g_ptr_array_sort (ways, compare_starts);
  for (guint i = 0; i < ways->len; i++)
    {
      SceneWay *way = ways->pdata[i];

      if (way->n_legs != 1)
        continue;
      if (above != NULL && above->target_spot == way->target_spot)
        way->end_y = MAX (way->end_y, above->end_y);
      above = way;
    }
}

static gint
compare_ends (gconstpointer a, gconstpointer b)
{
  const SceneWay *first = *(SceneWay *const *)a;
  const SceneWay *second = *(SceneWay *const *)b;

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
spread_ports (SceneWay **ways, guint n)
{
  double y = -G_MAXDOUBLE, over, gap;

  if (n < 2 || n > MOST_PORTS)
    return;
  gap = MIN (PORT, MAX (ways[0]->high - ways[0]->low, 0) / (n - 1));
  for (guint i = 0; i < n; i++)
    {
      ways[i]->end_y = MAX (ways[i]->end_y, y + gap);
      y = ways[i]->end_y;
    }
  over = y - ways[n - 1]->high;
  for (guint i = 0; i < n && over > 0; i++)
    ways[i]->end_y = MAX (ways[i]->low, ways[i]->end_y - over);
}

void
scene_route_choose_ports (SceneRouter *router)
{
  g_autoptr (GPtrArray) whole = g_ptr_array_new ();
  guint begin = 0;

  for (guint i = 0; i < router->ways->len; i++)
    {
      SceneWay *way = &g_array_index (router->ways, SceneWay, i);

      wish_port (way);
      if (way->is_whole)
        g_ptr_array_add (whole, way);
    }
  order_ports (whole);
  g_ptr_array_sort (whole, compare_ends);
  for (guint i = 1; i <= whole->len; i++)
    if (i == whole->len
        || ((SceneWay *)whole->pdata[i])->target_spot
               != ((SceneWay *)whole->pdata[begin])->target_spot)
      {
        spread_ports ((SceneWay **)&whole->pdata[begin], i - begin);
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
  SceneLeg *leg;
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
measure_leg (SceneWay *way, guint index)
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
share_gutter (SceneGutter *gutter, GArray *spans)
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
void
scene_route_choose_lanes (SceneRouter *router)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (Span));

  for (guint pass = 0; pass < 2; pass++)
    for (guint g = 0; g < router->gutters->len; g++)
      {
        SceneGutter *gutter = &g_array_index (router->gutters, SceneGutter, g);

        if (gutter->is_upright != (pass == 1))
          continue;
        g_array_set_size (spans, 0);
        for (guint i = 0; i < router->ways->len; i++)
          {
            SceneWay *way = &g_array_index (router->ways, SceneWay, i);
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
