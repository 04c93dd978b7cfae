/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bands: each line of each strip with its columns of seats, the gutters between them and the one above, in pixels. Strips that
 * share a lane stand in the same place, one after the other in time. */

#include "scene-plan.h"

#define ROW_GAP 12.0
#define MOST_GUTTER 44.0 /* between columns */
#define MOST_ABOVE 66.0
#define LANE 6.0

static guint
add_band (ScenePlan *plan, guint strip)
{
  SceneBand band = { .strip = strip };

  band.columns = g_array_new (FALSE, TRUE, sizeof (SceneColumn));
  g_array_append_val (plan->bands, band);
  return plan->bands->len - 1;
}

static SceneBand *
get_band (ScenePlan *plan, guint index)
{
  return &g_array_index (plan->bands, SceneBand, index);
}

static void
widen_gutter (SceneBand *band, guint column)
{
  SceneColumn *at = &g_array_index (band->columns, SceneColumn, column);

  at->gutter_width = MIN (MOST_GUTTER, at->gutter_width + LANE);
}

/* Every pointer that is not a straight one needs lanes: one right of where it starts, one left of where it leads, and one
 * above when it passes over others. */
static void
widen_gutters (ScenePlan *plan, SceneForest *forest)
{
  for (guint i = 0; i < plan->survey->edges->len; i++)
    {
      const HistoryEdge *edge = &g_array_index (plan->survey->edges, HistoryEdge, i);
      const SceneSeat *from, *to;

      if (edge->parent < 1 || edge->parent > plan->n_blocks || edge->child < 1
          || edge->child > plan->n_blocks || forest->chain[edge->parent] == edge->child)
        continue;
      from = &plan->seats[edge->parent];
      to = &plan->seats[edge->child];
      widen_gutter (get_band (plan, from->band), from->place.column + 1);
      if (from->band == to->band && to->place.column == from->place.column + 1)
        continue;
      widen_gutter (get_band (plan, to->band), to->place.column);
      for (guint end = 0; end < 2; end++)
        {
          SceneBand *band = get_band (plan, end == 0 ? from->band : to->band);

          band->gutter_height = MIN (MOST_ABOVE, band->gutter_height + LANE);
        }
    }
}

/* Which band each seat is in, and how wide its column. */
static void
make_bands (ScenePlan *plan, SceneForest *forest, SceneStrip *strips, guint n_strips)
{
  for (guint i = 0; i < n_strips; i++)
    {
      strips[i].first_band = plan->bands->len;
      for (guint line = 0; line < strips[i].n_lines; line++)
        add_band (plan, i);
    }
  for (guint number = 1; number <= plan->n_blocks; number++)
    {
      SceneSeat *seat = &plan->seats[number];
      SceneBand *band;
      SceneColumn *column;

      seat->band = strips[seat->place.strip].first_band + seat->place.line;
      band = get_band (plan, seat->band);
      band->n_columns = MAX (band->n_columns, seat->place.column + 1);
      if (band->columns->len <= band->n_columns)
        g_array_set_size (band->columns, band->n_columns + 1);
      column = &g_array_index (band->columns, SceneColumn, seat->place.column);
      column->width = MAX (column->width, seat->width);
    }
  for (guint i = 0; i < plan->bands->len; i++)
    {
      SceneBand *band = get_band (plan, i);

      if (band->n_columns == 0)
        continue;
      band->gutter_height = SCENE_LEAST_GUTTER + (band->n_columns > 1 ? LANE : 0);
      for (guint j = 0; j < band->columns->len; j++)
        g_array_index (band->columns, SceneColumn, j).gutter_width = SCENE_LEAST_GUTTER;
    }
  widen_gutters (plan, forest);
  for (guint i = 0; i < plan->bands->len; i++)
    {
      SceneBand *band = get_band (plan, i);
      double x = 0;

      for (guint j = 0; j < band->columns->len; j++)
        {
          SceneColumn *column = &g_array_index (band->columns, SceneColumn, j);

          column->gutter = x;
          x += column->gutter_width + column->width;
        }
      plan->width = MAX (plan->width, x);
    }
}

/* A row is as tall as its tallest tenant; one that stands between two rows counts for both. */
static void
measure_rows (ScenePlan *plan, GArray **heights)
{
  for (guint number = 1; number <= plan->n_blocks; number++)
    {
      const SceneSeat *seat = &plan->seats[number];
      GArray *rows = heights[seat->band];
      guint row = (guint)seat->place.row;
      guint last = row < seat->place.row ? row + 1 : row;

      if (rows->len <= last)
        g_array_set_size (rows, last + 1);
      for (guint i = row; i <= last; i++)
        {
          double *height = &g_array_index (rows, double, i);

          *height = MAX (*height, seat->height);
        }
    }
}

/* The middle of a row, whole or between two, below the top of its band. */
static double
find_middle (GArray *rows, double row)
{
  double y = 0, middle = 0;

  for (guint i = 0; i <= (guint)row; i++)
    {
      middle = y + g_array_index (rows, double, i) / 2;
      y += g_array_index (rows, double, i) + ROW_GAP;
    }
  if (row > (guint)row)
    middle += (row - (guint)row) * (y + g_array_index (rows, double, (guint)row + 1) / 2 - middle);
  return middle;
}

static double
sum_rows (GArray *rows)
{
  double sum = 0;

  for (guint i = 0; i < rows->len; i++)
    sum += g_array_index (rows, double, i) + (i > 0 ? ROW_GAP : 0);
  return sum;
}

/* Stacks the lanes from the top: each line of each strip with its gutter above it. */
static void
stack_lanes (ScenePlan *plan, GPtrArray *lanes, const SceneStrip *strips, GArray **heights)
{
  double top = 0;

  for (guint i = 0; i < lanes->len; i++)
    {
      const SceneLane *lane = lanes->pdata[i];
      double lowest = top;

      for (guint j = 0; j < lane->strips->len; j++)
        {
          const SceneStrip *strip = &strips[g_array_index (lane->strips, guint, j)];
          double y = top;

          for (guint line = 0; line < strip->n_lines; line++)
            {
              guint band_index = strip->first_band + line;
              SceneBand *band = get_band (plan, band_index);

              band->gutter = y;
              y += band->gutter_height + sum_rows (heights[band_index]);
              band->bottom = y;
            }
          lowest = MAX (lowest, y);
        }
      top = lowest;
    }
  plan->height = top;
}

static void
seat_blocks (ScenePlan *plan, GArray **heights)
{
  for (guint number = 1; number <= plan->n_blocks; number++)
    {
      SceneSeat *seat = &plan->seats[number];
      const SceneBand *band = get_band (plan, seat->band);
      const SceneColumn *column = &g_array_index (band->columns, SceneColumn, seat->place.column);
      double middle = find_middle (heights[seat->band], seat->place.row);

      seat->x = column->gutter + column->gutter_width;
      seat->y = (double)(gint64)(band->gutter + band->gutter_height + middle - seat->height / 2);
    }
}

/* From places to pixels. The sizes of all seats are known. */
void
scene_plan_place_bands (ScenePlan *plan, SceneForest *forest, SceneStrip *strips, guint n_strips,
                        GPtrArray *lanes)
{
  GArray **heights;

  make_bands (plan, forest, strips, n_strips);
  heights = g_new0 (GArray *, plan->bands->len + 1);
  for (guint i = 0; i < plan->bands->len; i++)
    heights[i] = g_array_new (FALSE, TRUE, sizeof (double));
  measure_rows (plan, heights);
  stack_lanes (plan, lanes, strips, heights);
  seat_blocks (plan, heights);
  for (guint i = 0; i < plan->bands->len; i++)
    g_array_unref (heights[i]);
  g_free (heights);
}
