/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The placement plan: a seat for every block of a run, made once, a pure function of the survey. The forest gives rows and
 * columns (scene-forest.c); here the strips of its trees are stacked and all is measured in pixels.
 *
 * The strips of two trees share one place when they are never there at the same time: colouring of an interval graph, first
 * fit in the order of the roots. */

#include "scene-plan.h"

#include <stdlib.h>

#define CHAIN_COLUMNS 6
#define CHIP_COLUMNS 10
#define ROW_GAP 12.0
#define LEAST_GUTTER 18.0
#define MOST_GUTTER 66.0
#define LANE 6.0
#define ROOMY_STACK 480.0 /* a higher one is drawn with less room */
#define MOST_PILED 4      /* lanes; with more, single blocks share shelves */
#define SHELF_WIDTH 560.0

/* ---- levels ---- */

static gint
compare_steps (gconstpointer a, gconstpointer b)
{
  guint64 first = *(const guint64 *)a, second = *(const guint64 *)b;

  return first < second ? -1 : first > second;
}

/* The most blocks that are drawn at one time. */
guint
scene_plan_count_at_once (HistorySurvey *survey)
{
  guint n = survey->lives->len, most = 0, n_gone = 0;
  g_autofree guint64 *born = g_new (guint64, n + 1);
  g_autofree guint64 *gone = g_new (guint64, n + 1);

  for (guint i = 0; i < n; i++)
    {
      born[i] = scene_plan_get_life (survey, i + 1)->born_step;
      gone[i] = scene_plan_get_life (survey, i + 1)->gone_step;
    }
  qsort (born, n, sizeof *born, compare_steps);
  qsort (gone, n, sizeof *gone, compare_steps);
  for (guint i = 0; i < n; i++)
    {
      while (n_gone < n && gone[n_gone] <= born[i])
        n_gone++;
      most = MAX (most, i + 1 - n_gone);
    }
  return most;
}

/* ---- strips ---- */

typedef struct
{
  guint32 root;
  guint64 born, gone;
  guint n_lines;
  guint first_band;
} Strip;

/* A place in the heap that strips share one after the other. */
typedef struct
{
  GArray *strips; /* of guint: indices of strips */
} Lane;

static void
find_lives (ScenePlan *plan, Strip *strips)
{
  for (guint number = 1; number <= plan->n_blocks; number++)
    {
      const HistoryLife *life = scene_plan_get_life (plan->survey, number);
      Strip *strip = &strips[plan->seats[number].place.strip];

      strip->born = MIN (strip->born, life->born_step);
      strip->gone = MAX (strip->gone, life->gone_step);
    }
}

static gboolean
is_free (const Lane *lane, const Strip *strips, const Strip *strip)
{
  for (guint i = 0; i < lane->strips->len; i++)
    {
      const Strip *other = &strips[g_array_index (lane->strips, guint, i)];

      if (strip->born < other->gone && other->born < strip->gone)
        return FALSE;
    }
  return TRUE;
}

static void
free_lane (gpointer data)
{
  g_array_unref (((Lane *)data)->strips);
  g_free (data);
}

/* (transfer full) of Lane */
static GPtrArray *
colour_strips (const Strip *strips, guint n_strips)
{
  GPtrArray *lanes = g_ptr_array_new_with_free_func (free_lane);

  for (guint i = 0; i < n_strips; i++)
    {
      Lane *lane = NULL;

      for (guint j = 0; j < lanes->len && lane == NULL; j++)
        if (is_free (lanes->pdata[j], strips, &strips[i]))
          lane = lanes->pdata[j];
      if (lane == NULL)
        {
          lane = g_new0 (Lane, 1);
          lane->strips = g_array_new (FALSE, FALSE, sizeof (guint));
          g_ptr_array_add (lanes, lane);
        }
      g_array_append_val (lane->strips, i);
    }
  return lanes;
}

/* ---- sizes ---- */

/* What a block holds, as far as the survey knows; else its bytes. (transfer full) */
SceneForm *
scene_plan_dup_form (ScenePlan *plan, const HistoryLife *life)
{
  HistorySurvey *survey = plan->survey;
  SceneForm *form;
  guint next = 0;

  if (survey->shapes != NULL && life->shape < survey->shapes->len
      && g_array_index (survey->shapes, HistoryShape, life->shape).parts->len > 0)
    {
      GArray *parts = g_array_index (survey->shapes, HistoryShape, life->shape).parts;
      guint64 size = g_array_index (parts, HistoryPart, 0).size;

      form = scene_form_new_from_parts (parts, &next);
      if (size > 0 && (life->size / size != 1 || (form->children == NULL)))
        return scene_form_new_elements (form, life->size / size);
      return form;
    }
  form = g_new0 (SceneForm, 1);
  *form = (SceneForm){ "", IR_TYPE_INT, TRUE, 1, 0, 0, FACTS_NO_NODE, NULL };
  return scene_form_new_elements (form, life->size);
}

/* Blocks of one shape and size are measured once. */
static void
measure_seats (ScenePlan *plan)
{
  const SceneMeasures *measures = scene_measures_get (plan->is_dense);
  g_autoptr (GHashTable) sizes = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);

  for (guint number = 1; number <= plan->n_blocks; number++)
    {
      const HistoryLife *life = scene_plan_get_life (plan->survey, number);
      guint64 key = life->size * 4099 + life->shape;
      SceneSeat *seat = &plan->seats[number];
      SceneSeat *known = g_hash_table_lookup (sizes, &key);

      if (plan->level != SCENE_LEVEL_WHOLE)
        {
          seat->width = SCENE_CHIP_WIDTH;
          seat->height = SCENE_CHIP_HEIGHT;
        }
      else if (known != NULL)
        {
          seat->width = known->width;
          seat->height = known->height;
        }
      else
        {
          g_autoptr (SceneForm) form = scene_plan_dup_form (plan, life);
          struct
          {
            SceneSeat size;
            guint64 key;
          } *entry = g_malloc0 (sizeof *entry);

          scene_form_measure_block (form, measures, &seat->width, &seat->height);
          entry->size = *seat;
          entry->key = key;
          g_hash_table_insert (sizes, &entry->key, entry);
        }
    }
}

/* ---- bands ---- */

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

          band->gutter_height = MIN (MOST_GUTTER, band->gutter_height + LANE);
        }
    }
}

/* Which band each seat is in, and how wide its column. */
static void
make_bands (ScenePlan *plan, SceneForest *forest, Strip *strips, guint n_strips)
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
      band->gutter_height = LEAST_GUTTER + (band->n_columns > 1 ? LANE : 0);
      for (guint j = 0; j < band->columns->len; j++)
        g_array_index (band->columns, SceneColumn, j).gutter_width = LEAST_GUTTER;
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
stack_lanes (ScenePlan *plan, GPtrArray *lanes, const Strip *strips, GArray **heights)
{
  double top = 0;

  for (guint i = 0; i < lanes->len; i++)
    {
      const Lane *lane = lanes->pdata[i];
      double lowest = top;

      for (guint j = 0; j < lane->strips->len; j++)
        {
          const Strip *strip = &strips[g_array_index (lane->strips, guint, j)];
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

/* From places to pixels. */
static void
measure_plan (ScenePlan *plan, SceneForest *forest, Strip *strips, guint n_strips, GPtrArray *lanes)
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

/* ---- shelves ---- */

static gboolean
is_single (const Lane *lane, const Strip *strips, SceneForest *forest)
{
  for (guint i = 0; i < lane->strips->len; i++)
    {
      guint32 root = strips[g_array_index (lane->strips, guint, i)].root;

      if (forest->chain[root] != SCENE_NO_BLOCK || forest->others[root] != NULL)
        return FALSE;
    }
  return TRUE;
}

static double
measure_lane (ScenePlan *plan, const Lane *lane, const Strip *strips)
{
  double width = 0;

  for (guint i = 0; i < lane->strips->len; i++)
    width = MAX (width, plan->seats[strips[g_array_index (lane->strips, guint, i)].root].width);
  return width + LEAST_GUTTER;
}

/* Many blocks that stand alone would make a high pile: lanes of such blocks, one behind the other in the order, become the
 * columns of one strip. */
static void
fill_shelves (ScenePlan *plan, SceneForest *forest, const Strip *strips, GPtrArray *lanes)
{
  Lane *shelf = NULL;
  guint column = 0;
  double used = 0;

  for (guint i = 0; i < lanes->len; i++)
    {
      Lane *lane = lanes->pdata[i];
      double width = measure_lane (plan, lane, strips);

      if (!is_single (lane, strips, forest))
        {
          shelf = NULL;
          continue;
        }
      if (shelf == NULL || used + width > SHELF_WIDTH)
        {
          shelf = lane;
          column = 0;
          used = width;
          continue;
        }
      column++;
      used += width;
      for (guint j = 0; j < lane->strips->len; j++)
        {
          ScenePlace *place
              = &plan->seats[strips[g_array_index (lane->strips, guint, j)].root].place;

          place->strip = g_array_index (shelf->strips, guint, 0);
          place->column = column;
        }
    }
  /* Strips whose blocks went elsewhere keep an empty band without height. */
}

/* ---- public ---- */

static gboolean
needs_density (ScenePlan *plan, guint n_at_once, guint n_lanes)
{
  for (guint number = 1; number <= plan->n_blocks; number++)
    if (plan->seats[number].place.column > 0)
      return TRUE;
  if (scene_measure_stands (plan->survey, scene_measures_get (FALSE), G_MAXDOUBLE) > ROOMY_STACK)
    return TRUE;
  return n_at_once > 3 || n_lanes > 3;
}

/* The plan of a run. Reads the survey and nothing else. (transfer full) */
ScenePlan *
scene_plan_new (HistorySurvey *survey)
{
  ScenePlan *plan = g_new0 (ScenePlan, 1);
  g_autoptr (SceneForest) forest = scene_forest_new (survey);
  guint n_strips = forest->roots->len;
  g_autofree Strip *strips = g_new0 (Strip, n_strips + 1);
  g_autoptr (GPtrArray) lanes = NULL;
  guint n_at_once = scene_plan_count_at_once (survey);

  g_atomic_ref_count_init (&plan->reference_count);
  plan->survey = history_survey_ref (survey);
  plan->n_blocks = survey->lives->len;
  plan->seats = g_new0 (SceneSeat, plan->n_blocks + 1);
  plan->bands = g_array_new (FALSE, TRUE, sizeof (SceneBand));
  plan->level = n_at_once <= SCENE_MOST_WHOLE   ? SCENE_LEVEL_WHOLE
                : n_at_once <= SCENE_MOST_CHIPS ? SCENE_LEVEL_CHIPS
                                                : SCENE_LEVEL_CROWDS;
  for (guint i = 0; i < n_strips; i++)
    {
      guint32 root = g_array_index (forest->roots, guint32, i);
      guint n_columns = plan->level == SCENE_LEVEL_WHOLE ? CHAIN_COLUMNS : CHIP_COLUMNS;

      strips[i] = (Strip){ root, G_MAXUINT64, 0, 0 };
      strips[i].n_lines = scene_forest_place (forest, root, i, n_columns, plan->seats);
    }
  find_lives (plan, strips);
  lanes = colour_strips (strips, n_strips);
  plan->is_dense = needs_density (plan, n_at_once, lanes->len);
  measure_seats (plan);
  if (lanes->len > MOST_PILED && plan->level != SCENE_LEVEL_CROWDS)
    fill_shelves (plan, forest, strips, lanes);
  measure_plan (plan, forest, strips, n_strips, lanes);
  return plan;
}

ScenePlan *
scene_plan_ref (ScenePlan *plan)
{
  g_atomic_ref_count_inc (&plan->reference_count);
  return plan;
}

void
scene_plan_unref (ScenePlan *plan)
{
  if (!g_atomic_ref_count_dec (&plan->reference_count))
    return;
  for (guint i = 0; i < plan->bands->len; i++)
    g_array_unref (get_band (plan, i)->columns);
  g_array_unref (plan->bands);
  history_survey_unref (plan->survey);
  g_free (plan->seats);
  g_free (plan);
}

/* A block's seat; NULL: it came after what was surveyed. */
const SceneSeat *
scene_plan_get_seat (ScenePlan *plan, guint number)
{
  if (number < 1 || number > plan->n_blocks || !plan->seats[number].has_seat)
    return NULL;
  return &plan->seats[number];
}

gboolean
scene_plan_get_place (ScenePlan *plan, guint number, ScenePlace *place)
{
  const SceneSeat *seat = scene_plan_get_seat (plan, number);

  if (seat == NULL)
    return FALSE;
  *place = seat->place;
  return TRUE;
}
