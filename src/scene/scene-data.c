/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The data region: read-only constants apart from variables. Its size is fixed before the program starts, so it is laid out once
 * and for all: chips in rows, each row with a free gutter above it for arrows. */

#include "scene-build.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PAD 16.0
#define GAP 16.0
#define ROW_GUTTER 14.0
#define SUBHEADING_HEIGHT 28.0
#define CHIP_HEIGHT 32.0
#define VARIABLE_WIDTH 168.0
#define ADDRESS_HEIGHT 20.0
#define MOST_CONSTANTS 12
#define FIRST_BAND 1000000

typedef struct
{
  double x, y, width; /* where the chips may stand */
  gboolean is_drawn;  /* else only measured */
  guint band;
  guint begin, end; /* which of their kind, by number */
} Flow;

static const FactsGlobal *
get_global (SceneBuild *build, guint index)
{
  return &g_array_index (build->facts->globals, FactsGlobal, index);
}

static gboolean
is_constant (const FactsGlobal *global)
{
  return global->name == NULL;
}

static guint
count_globals (SceneBuild *build, gboolean constants)
{
  guint n = 0;

  for (guint i = 0; i < build->facts->globals->len; i++)
    n += is_constant (get_global (build, i)) == constants;
  return n;
}

/* ---- chips ---- */

static double
measure_constant (SceneBuild *build, const FactsGlobal *global)
{
  const FactsNode *node = facts_get_node (build->facts, global->root);

  return (double)(((guint)(MIN (28, g_utf8_strlen (node->text, -1)) * 7.8) + 24 + 7) / 8 * 8);
}

static void
measure_variable (SceneBuild *build, const FactsGlobal *global, double *width, double *height)
{
  g_autoptr (SceneForm) form = scene_form_new_from_node (build->facts, global->root);

  *width = VARIABLE_WIDTH;
  *height = CHIP_HEIGHT;
  if (form->children == NULL)
    return;
  scene_form_measure_block (form, scene_measures_get (TRUE), width, height);
  scene_form_measure_block (form, build->measures, width, height);
  if (build->measures->has_addresses)
    *width = MIN (*width, build->measures->stack_width - 2 * PAD);
  *width = MAX (*width, VARIABLE_WIDTH);
}

static void
draw_address (SceneBuild *build, guint32 owner, const FactsNode *node, double x, double y)
{
  g_autofree char *address = g_strdup_printf ("0x%04" G_GINT64_MODIFIER "x", node->address);

  scene_build_text (build, owner, SCENE_ROLE_ADDRESS, address, x + 4, y + ADDRESS_HEIGHT / 2 + 1,
                    80, SCENE_ALIGN_START);
}

static void
draw_constant (SceneBuild *build, guint index, double x, double y, double width)
{
  const FactsGlobal *global = get_global (build, index);
  const FactsNode *node = facts_get_node (build->facts, global->root);
  SceneBox box = { .role = SCENE_BOX_CONSTANT,
                   .x = x,
                   .y = y,
                   .width = width,
                   .height = CHIP_HEIGHT,
                   .radius = 6,
                   .fill = SCENE_COLOUR_CONST,
                   .edge = SCENE_EDGE_THIN,
                   .edge_colour = SCENE_COLOUR_LINE,
                   .id = scene_build_id (build, "constant:%" G_GINT64_MODIFIER "x", node->address),
                   .about = SCENE_ABOUT_GLOBAL,
                   .index = index };
  guint32 item = scene_build_box (build, build->card, &box);

  scene_build_text (build, item, SCENE_ROLE_CONSTANT, node->text, x + 12, y + CHIP_HEIGHT / 2,
                    width - 20, SCENE_ALIGN_START);
  if (build->measures->has_addresses)
    draw_address (build, build->card, node, x, y + CHIP_HEIGHT);
  g_array_index (build->spots, SceneSpot, build->spot).item = item;
  scene_build_anchor (build, global->root, item)->is_whole = TRUE;
}

static void
draw_scalar (SceneBuild *build, guint32 item, const FactsGlobal *global, const SceneBox *box)
{
  const FactsNode *node = facts_get_node (build->facts, global->root);
  double cell = 64;
  double used
      = scene_build_text (build, item, SCENE_ROLE_NAME, node->name, box->x + 12,
                          box->y + box->height / 2, box->width - cell - 20, SCENE_ALIGN_START);

  scene_build_text (build, item, SCENE_ROLE_TYPE, node->type, box->x + 12 + used + 10,
                    box->y + box->height / 2, box->width - cell - used - 34, SCENE_ALIGN_START);
  scene_build_cell (build, item, global->root, box->x + box->width - cell - 3, box->y + 3, cell,
                    box->height - 6, SCENE_LOOK_VARIABLE | SCENE_LOOK_SEAMLESS);
}

static void
draw_variable (SceneBuild *build, guint index, double x, double y, double width, double height)
{
  const FactsGlobal *global = get_global (build, index);
  const FactsNode *node = facts_get_node (build->facts, global->root);
  g_autoptr (SceneForm) form = scene_form_new_from_node (build->facts, global->root);
  SceneBox box
      = { .role = SCENE_BOX_GLOBAL,
          .x = x,
          .y = y,
          .width = width,
          .height = height,
          .radius = 6,
          .fill = global->region == FACTS_REGION_CONSTANTS ? SCENE_COLOUR_CONST : SCENE_COLOUR_CELL,
          .edge = SCENE_EDGE_THIN,
          .edge_colour = SCENE_COLOUR_EDGE,
          .flags = (node->flags & FACTS_CHANGED) != 0 ? SCENE_CHANGED : 0,
          .id = scene_build_id (build, "global:%s", global->name),
          .about = SCENE_ABOUT_GLOBAL,
          .index = index };
  guint32 item = scene_build_box (build, build->card, &box);
  SceneAnchor *anchor;

  if (form->children == NULL)
    draw_scalar (build, item, global, &box);
  else
    {
      double used = scene_build_text (build, item, SCENE_ROLE_NAME, node->name, x + 12, y + 14,
                                      width - 24, SCENE_ALIGN_START);

      scene_build_text (build, item, SCENE_ROLE_TYPE, node->type, x + 12 + used + 12, y + 14,
                        width - used - 36, SCENE_ALIGN_START);
      scene_build_lines (build, item, form, box.id, x + 12,
                         y + MAX (24, build->measures->head_height), width - 24, y + height - 4, 0);
    }
  if (build->measures->has_addresses)
    draw_address (build, build->card, node, x, y + height);
  g_array_index (build->spots, SceneSpot, build->spot).item = item;
  anchor = scene_build_anchor (build, global->root, item);
  anchor->is_whole = TRUE;
  anchor->is_element = FALSE;
}

/* ---- rows ---- */

static void
set_spot (SceneBuild *build, const Flow *flow, double x, double y, double width, double height,
          double tail)
{
  SceneSpot spot = { .zone = SCENE_ZONE_DATA, .band = flow->band };

  spot.left = (SceneRange){ x - GAP + 4, x - 4 };
  spot.right = (SceneRange){ x + width + 4, x + width + GAP - 4 };
  spot.above = (SceneRange){ y - ROW_GUTTER + 2, y - 2 };
  spot.below = (SceneRange){ y + height + tail + 2, y + height + tail + ROW_GUTTER - 2 };
  build->spot = scene_build_spot (build, &spot);
}

/* Lays the chips of one kind out in rows; returns the height they take. */
static double
flow_globals (SceneBuild *build, Flow *flow, gboolean constants)
{
  double x = flow->x, y = flow->y + ROW_GUTTER, row_height = 0;
  double tail = build->measures->has_addresses ? ADDRESS_HEIGHT : 4;
  guint n = 0;

  for (guint i = 0; i < build->facts->globals->len; i++)
    {
      const FactsGlobal *global = get_global (build, i);
      double width, height = CHIP_HEIGHT;

      if (is_constant (global) != constants || n++ < flow->begin)
        continue;
      if (n > flow->end)
        break;
      if (constants)
        width = measure_constant (build, global);
      else
        measure_variable (build, global, &width, &height);
      width = MIN (width, flow->width);
      if (x > flow->x && x + width > flow->x + flow->width)
        {
          x = flow->x;
          y += row_height + tail + ROW_GUTTER;
          row_height = 0;
          flow->band++;
        }
      if (flow->is_drawn)
        {
          set_spot (build, flow, x, y, width, height, tail);
          if (constants)
            draw_constant (build, i, x, y, width);
          else
            draw_variable (build, i, x, y, width, height);
        }
      x += width + GAP;
      row_height = MAX (row_height, height);
    }
  flow->band++;
  return y + row_height + tail - flow->y;
}

/* A zone has a name above its chips, if the flow begins with the first. */
static double
flow_zone (SceneBuild *build, const Flow *at, gboolean constants)
{
  Flow flow = *at;

  if (flow.is_drawn && flow.begin == 0)
    {
      if (constants)
        scene_build_sign (build, build->card, SCENE_SIGN_LOCK, SCENE_COLOUR_TEXT2, flow.x + 5,
                          flow.y + 14, 14);
      scene_build_text (build, build->card, SCENE_ROLE_SUBHEADING,
                        constants ? _ ("read-only constants") : _ ("variables"),
                        flow.x + (constants ? 20 : 0), flow.y + 14, flow.width - 20,
                        SCENE_ALIGN_START);
    }
  flow.y += SUBHEADING_HEIGHT;
  return SUBHEADING_HEIGHT + flow_globals (build, &flow, constants);
}

static double
say_more (SceneBuild *build, double y, guint n, gboolean is_drawn)
{
  g_autofree char *more = NULL;

  if (n <= MOST_CONSTANTS)
    return 0;
  more = g_strdup_printf (ngettext ("%u more constant", "%u more constants", n - MOST_CONSTANTS),
                          n - MOST_CONSTANTS);
  if (is_drawn)
    scene_build_text (build, build->card, SCENE_ROLE_CAPTION, more, build->left + PAD, y + 10,
                      build->channel.low - build->left - 2 * PAD, SCENE_ALIGN_START);
  return 24;
}

/* Constants stand left of the channel, variables right of it; where there is one kind only it takes both sides. Under the stack
 * one stands below the other. */
static double
flow_region (SceneBuild *build, double top, gboolean is_under_stack, gboolean is_drawn)
{
  guint n_all = count_globals (build, TRUE), n = MIN (n_all, MOST_CONSTANTS);
  guint n_variables = count_globals (build, FALSE);
  double narrow = build->channel.low - build->left - 2 * PAD;
  double wide = build->right - build->heap_left - 2 * PAD;
  Flow left = { build->left + PAD, top + 8, narrow, is_drawn, FIRST_BAND, 0, G_MAXUINT };
  Flow right = { build->heap_left + PAD, top + 8, wide, is_drawn, 2 * FIRST_BAND, 0, G_MAXUINT };
  double first = 0, second = 0;

  if (n == 0 && n_variables == 0)
    return 56;
  if (is_under_stack)
    {
      left.end = n;
      if (n > 0)
        first = flow_zone (build, &left, TRUE);
      first += say_more (build, left.y + first, n_all, is_drawn);
      left.y += first;
      left.band += FIRST_BAND;
      left.end = G_MAXUINT;
      if (n_variables > 0)
        first += flow_zone (build, &left, FALSE);
      return first + 20;
    }
  left.end = n;
  if (n == 0 || n_variables == 0)
    {
      guint n_shown = n + n_variables;
      guint n_left = n_shown <= 3 ? n_shown : (guint)(n_shown * narrow / (narrow + wide) + 0.5);

      left.end = right.begin = MAX (n_left, 1);
      right.end = n_shown;
    }
  first = flow_zone (build, &left, n > 0);
  if (right.begin < right.end && (n_variables > 0 || right.begin < n))
    second = flow_zone (build, &right, n_variables == 0);
  first += say_more (build, left.y + MAX (first, second), n_all, is_drawn);
  return MAX (first, second) + 20 + (n_all > MOST_CONSTANTS && second > first ? 24 : 0);
}

/* Height of the region's card. */
double
scene_build_measure_data (SceneBuild *build, gboolean is_under_stack)
{
  return flow_region (build, 0, is_under_stack, FALSE);
}

void
scene_build_data (SceneBuild *build)
{
  double width = (build->is_data_under_stack ? build->channel.low : build->right) - build->left;
  SceneBox card = { .role = SCENE_BOX_REGION,
                    .x = build->left,
                    .y = build->data_top,
                    .width = width,
                    .height = build->data_height,
                    .radius = 8,
                    .fill = SCENE_COLOUR_CARD,
                    .edge = SCENE_EDGE_THIN,
                    .edge_colour = SCENE_COLOUR_EDGE,
                    .id = "region:data",
                    .about = SCENE_ABOUT_REGION,
                    .index = FACTS_REGION_DATA };

  scene_build_heading (build, _ ("Data region"),
                       build->is_data_under_stack ? NULL
                                                  : _ ("size fixed before the program starts"),
                       build->left, build->data_top - 20, width);
  build->card = scene_build_box (build, SCENE_NO_ITEM, &card);
  if (build->facts->globals->len == 0)
    {
      scene_build_text (build, build->card, SCENE_ROLE_CAPTION, _ ("Empty: no global variables,"),
                        build->left + PAD, build->data_top + 19, width - 2 * PAD,
                        SCENE_ALIGN_START);
      scene_build_text (build, build->card, SCENE_ROLE_CAPTION, _ ("no text constants."),
                        build->left + PAD, build->data_top + 37, width - 2 * PAD,
                        SCENE_ALIGN_START);
    }
  else
    flow_region (build, build->data_top, build->is_data_under_stack, TRUE);
}
