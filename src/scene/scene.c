/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the facts of one state and the plan of its run to a display list: where the regions stand, and all that hangs on a
 * finished scene. See scene.h.
 *
 *     Stack        Heap                       Stack        Heap
 *     +------+     +----------------+         +------+     +----------+
 *     | main |---->|                |         | main |---->|          |
 *     +------+     +----------------+         +------+     |          |
 *     Data region                             Data region  |   tall   |
 *     +-----------------------------+         +------+     |          |
 *     +-----------------------------+         +------+     +----------+
 */

#include "scene-build.h"

#include <string.h>

#define MARGIN 24.0
#define TOP 44.0
#define REGION_GAP 52.0
#define LEAST_STACK 360.0
#define MOST_SHRINK 1.11 /* the view makes a picture that much smaller before it cuts it */

static void
mark_pointed (SceneBuild *build)
{
  for (guint32 i = 0; i < build->facts->n_own; i++)
    {
      const FactsNode *node = facts_get_node (build->facts, i);

      if ((node->flags & FACTS_POINTER) != 0 && (node->flags & FACTS_UNDEFINED) == 0
          && node->target_node != FACTS_NO_NODE && node->target_node < build->facts->n_own)
        build->is_pointed[node->target_node] = 1;
    }
}

static void
begin_build (SceneBuild *build, Facts *facts, ScenePlan *plan, const SceneOptions *options)
{
  guint n_nodes = facts->nodes->len, n_blocks = facts->blocks->len;
  Scene *scene = g_new0 (Scene, 1);

  g_atomic_ref_count_init (&scene->reference_count);
  scene->scale = options->text_scale > 0 ? options->text_scale : 1;
  scene->items = g_array_sized_new (FALSE, FALSE, sizeof (SceneItem), 256);
  scene->points = g_array_new (FALSE, FALSE, sizeof (ScenePoint));
  scene->facts = facts_ref (facts);
  scene->strings = g_string_chunk_new (4096);
  build->scene = scene;
  build->facts = facts;
  build->plan = plan;
  build->options = options;
  build->measures = scene_measures_get (plan->is_dense);
  build->fonts = options->fonts;
  if (build->fonts == NULL && options->measure == NULL)
    build->fonts = scene_fonts_new ();
  build->width = options->width / scene->scale;
  build->height = options->height / scene->scale;
  build->is_pointed = g_new0 (guint8, n_nodes + 1);
  build->anchors = g_new0 (SceneAnchor, n_nodes + 1);
  build->block_items = g_new (guint32, n_blocks + 1);
  build->block_spots = g_new0 (guint32, n_blocks + 1);
  build->spots = g_array_new (FALSE, TRUE, sizeof (SceneSpot));
  for (guint i = 0; i < n_nodes; i++)
    build->anchors[i].item = SCENE_NO_ITEM;
  memset (build->block_items, 0xff, (n_blocks + 1) * sizeof *build->block_items);
  mark_pointed (build);
}

static void
end_build (SceneBuild *build)
{
  if (build->fonts != build->options->fonts)
    scene_fonts_free (build->fonts);
  g_free (build->is_pointed);
  g_free (build->anchors);
  g_free (build->block_items);
  g_free (build->block_spots);
  g_array_unref (build->spots);
}

/* ---- where the regions stand ---- */

static double
measure_heap (SceneBuild *build)
{
  double height = build->plan->height;

  if (build->plan->level == SCENE_LEVEL_CROWDS)
    return scene_build_measure_crowd (build);
  if (scene_plan_get_late_rows (build->plan) > 0)
    height += scene_plan_get_late_rows (build->plan) * (SCENE_CHIP_HEIGHT + SCENE_CHIP_GAP) + 40;
  return MAX (height + SCENE_LEAST_BELOW, 96);
}

/* The widths never depend on the state; the heights only through the globals, which are there from the start. */
static void
place_regions (SceneBuild *build)
{
  gboolean is_roomy = build->measures->has_addresses;
  double channel = is_roomy ? 88 : 64;
  double corridor = is_roomy ? -2 : 14;
  double heap = measure_heap (build);
  double stack, data, room;

  build->left = MARGIN;
  build->top = TOP;
  build->heap_left = build->left + build->measures->stack_width + channel;
  build->channel
      = (SceneRange){ build->left + build->measures->stack_width + 8, build->heap_left - 8 };
  build->corridor = (SceneRange){ build->heap_left + corridor - 10, build->heap_left + corridor };
  build->heap_width = MAX (build->width - MARGIN - build->heap_left,
                           corridor + build->plan->width + (is_roomy ? 0 : 14));
  build->heap_width = MAX (build->heap_width, 240);
  build->right = build->heap_left + build->heap_width;
  data = scene_build_measure_data (build, FALSE);
  room = MAX (build->height * MOST_SHRINK - build->top - REGION_GAP - data - MARGIN, LEAST_STACK);
  stack = scene_measure_stands (build->plan->survey, build->measures, room);
  if (stack == 0)
    stack = room;
  build->is_data_under_stack = heap > stack + scene_build_measure_data (build, TRUE) + REGION_GAP;
  if (build->is_data_under_stack)
    {
      build->data_height = scene_build_measure_data (build, TRUE);
      build->stack_height = heap - build->data_height - REGION_GAP;
      build->heap_height = heap;
      build->data_top = build->top + heap - build->data_height;
    }
  else
    {
      build->data_height = data;
      build->stack_height = MAX (stack, heap);
      build->heap_height = build->stack_height;
      build->data_top = build->top + build->stack_height + REGION_GAP;
    }
}

static double
find_bottom (SceneBuild *build)
{
  double bottom = build->top + build->heap_height;

  bottom = MAX (bottom, build->data_top + build->data_height);
  for (guint i = 0; i < build->scene->items->len; i++)
    {
      const SceneItem *item = scene_build_get_item (build, i);

      if (item->kind == SCENE_ITEM_BOX)
        bottom = MAX (bottom, item->box.y + item->box.height);
    }
  return bottom + MARGIN;
}

/* ---- scale ---- */

static void
scale_item (SceneItem *item, double scale)
{
  switch (item->kind)
    {
    case SCENE_ITEM_BOX:
      item->box.x *= scale;
      item->box.y *= scale;
      item->box.width *= scale;
      item->box.height *= scale;
      item->box.radius *= scale;
      break;
    case SCENE_ITEM_TEXT:
      item->text.x *= scale;
      item->text.y *= scale;
      item->text.width *= scale;
      item->text.height *= scale;
      break;
    case SCENE_ITEM_SIGN:
      item->sign.x *= scale;
      item->sign.y *= scale;
      item->sign.size *= scale;
      break;
    case SCENE_ITEM_ARROW:
      break;
    }
}

static void
scale_scene (Scene *scene)
{
  if (scene->scale == 1)
    return;
  for (guint i = 0; i < scene->items->len; i++)
    scale_item (&g_array_index (scene->items, SceneItem, i), scene->scale);
  for (guint i = 0; i < scene->points->len; i++)
    {
      ScenePoint *point = &g_array_index (scene->points, ScenePoint, i);

      point->x *= scene->scale;
      point->y *= scene->scale;
    }
  scene->width *= scene->scale;
  scene->height *= scene->scale;
}

/* ---- public ---- */

/* The picture of one state. Keeps a reference to the facts. May run on any thread, with that thread's fonts. (transfer full) */
Scene *
scene_new (Facts *facts, ScenePlan *plan, const SceneOptions *options)
{
  SceneBuild build = { 0 };
  Scene *scene;

  begin_build (&build, facts, plan, options);
  scene = build.scene;
  place_regions (&build);
  scene_build_stack (&build);
  scene_build_heap (&build);
  scene_build_data (&build);
  scene_build_arrows (&build);
  scene->width = build.right + MARGIN;
  scene->height = find_bottom (&build);
  end_build (&build);
  scale_scene (scene);
  return scene;
}

Scene *
scene_ref (Scene *scene)
{
  g_atomic_ref_count_inc (&scene->reference_count);
  return scene;
}

void
scene_unref (Scene *scene)
{
  if (!g_atomic_ref_count_dec (&scene->reference_count))
    return;
  g_array_unref (scene->items);
  g_array_unref (scene->points);
  facts_unref (scene->facts);
  g_string_chunk_free (scene->strings);
  g_free (scene);
}

static gboolean
is_inside (const SceneBox *box, double x, double y)
{
  return x >= box->x && x < box->x + box->width && y >= box->y && y < box->y + box->height;
}

guint32
scene_hit_test (const Scene *scene, double x, double y)
{
  for (guint i = scene->items->len; i > 0; i--)
    {
      const SceneItem *item = scene_get_item (scene, i - 1);

      if (item->kind == SCENE_ITEM_BOX && item->box.id != NULL && is_inside (&item->box, x, y))
        return i - 1;
    }
  return SCENE_NO_ITEM;
}

guint32
scene_find (const Scene *scene, const char *id)
{
  for (guint i = 0; i < scene->items->len; i++)
    {
      const SceneItem *item = scene_get_item (scene, i);

      if (item->kind == SCENE_ITEM_BOX && g_strcmp0 (item->box.id, id) == 0)
        return i;
    }
  return SCENE_NO_ITEM;
}
