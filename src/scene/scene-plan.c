/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The placement plan: a seat for every block of a run, made once, a pure function of the survey. The forest gives rows and
 * columns (scene-forest.c); here blocks are measured and the strips of the trees find their lanes; scene-band.c gives them pixels.
 *
 * The strips of two trees share one place when they are never there at the same time: colouring of an interval graph, first
 * fit in the order of the roots. */

#include "scene-plan.h"

#include <stdlib.h>

#define CHAIN_COLUMNS 6
#define CHIP_COLUMNS 10
#define ROOMY_STACK 480.0 /* a higher one is drawn with less room */
#define MOST_PILED 4      /* lanes; with more, single blocks share shelves */
#define SHELF_WIDTH 560.0
#define MANY_BLOCKS 1000

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

static void
find_lives (ScenePlan *plan, SceneStrip *strips)
{
  for (guint number = 1; number <= plan->n_blocks; number++)
    {
      const HistoryLife *life = scene_plan_get_life (plan->survey, number);
      SceneStrip *strip = &strips[plan->seats[number].place.strip];

      strip->born = MIN (strip->born, life->born_step);
      strip->gone = MAX (strip->gone, life->gone_step);
    }
}

static gboolean
is_free (const SceneLane *lane, const SceneStrip *strips, const SceneStrip *strip)
{
  for (guint i = 0; i < lane->strips->len; i++)
    {
      const SceneStrip *other = &strips[g_array_index (lane->strips, guint, i)];

      if (strip->born < other->gone && other->born < strip->gone)
        return FALSE;
    }
  return TRUE;
}

static void
free_lane (gpointer data)
{
  g_array_unref (((SceneLane *)data)->strips);
  g_free (data);
}

/* (transfer full) of SceneLane */
static GPtrArray *
colour_strips (const SceneStrip *strips, guint n_strips)
{
  GPtrArray *lanes = g_ptr_array_new_with_free_func (free_lane);

  for (guint i = 0; i < n_strips; i++)
    {
      SceneLane *lane = NULL;

      for (guint j = 0; j < lanes->len && lane == NULL; j++)
        if (is_free (lanes->pdata[j], strips, &strips[i]))
          lane = lanes->pdata[j];
      if (lane == NULL)
        {
          lane = g_new0 (SceneLane, 1);
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
      if (scene_form_stretch (form, life->size))
        return form;
      if (size > 0 && (life->size / size != 1 || (form->children == NULL)))
        return scene_form_new_elements (form, life->size / size);
      return form;
    }
  form = g_new0 (SceneForm, 1);
  *form = (SceneForm){ "", IR_TYPE_INT, TRUE, 1, 0, 0, 0, FACTS_NO_NODE, NULL };
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

/* ---- shelves ---- */

static gboolean
is_single (const SceneLane *lane, const SceneStrip *strips, SceneForest *forest)
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
measure_lane (ScenePlan *plan, const SceneLane *lane, const SceneStrip *strips)
{
  double width = 0;

  for (guint i = 0; i < lane->strips->len; i++)
    width = MAX (width, plan->seats[strips[g_array_index (lane->strips, guint, i)].root].width);
  return width + SCENE_LEAST_GUTTER;
}

/* Seats all blocks of a lane in one column of a strip. The shelf's own lane goes through here too: its column must be as wide as its widest
 * tenant, whichever strip that one had. */
static void
put_on_shelf (ScenePlan *plan, const SceneLane *lane, const SceneStrip *strips, guint strip,
              guint column)
{
  for (guint i = 0; i < lane->strips->len; i++)
    {
      ScenePlace *place = &plan->seats[strips[g_array_index (lane->strips, guint, i)].root].place;

      place->strip = strip;
      place->column = column;
    }
}

/* Many blocks that stand alone would make a high pile: lanes of such blocks, one behind the other in the order, become the
 * columns of one strip. */
static void
fill_shelves (ScenePlan *plan, SceneForest *forest, const SceneStrip *strips, GPtrArray *lanes)
{
  SceneLane *shelf = NULL;
  guint column = 0;
  double used = 0;

  for (guint i = 0; i < lanes->len; i++)
    {
      SceneLane *lane = lanes->pdata[i];
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
          used = 0;
        }
      put_on_shelf (plan, lane, strips, g_array_index (shelf->strips, guint, 0), column);
      column++;
      used += width;
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
  g_autofree SceneStrip *strips = g_new0 (SceneStrip, n_strips + 1);
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

      strips[i] = (SceneStrip){ root, G_MAXUINT64, 0, 0 };
      strips[i].n_lines = scene_forest_place (forest, root, i, n_columns, plan->seats);
    }
  find_lives (plan, strips);
  lanes = colour_strips (strips, n_strips);
  plan->is_dense = needs_density (plan, n_at_once, lanes->len);
  measure_seats (plan);
  if (lanes->len > MOST_PILED && plan->level != SCENE_LEVEL_CROWDS)
    fill_shelves (plan, forest, strips, lanes);
  scene_plan_place_bands (plan, forest, strips, n_strips, lanes);
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
    g_array_unref (g_array_index (plan->bands, SceneBand, i).columns);
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

/* Rows of chips kept free for blocks that came after what was surveyed: few when the survey ended for its steps, more when it
 * ended for its blocks. */
guint
scene_plan_get_late_rows (ScenePlan *plan)
{
  if (!plan->survey->is_partial)
    return 0;
  return plan->n_blocks < MANY_BLOCKS ? 3 : 8;
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
