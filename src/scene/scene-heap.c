/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The heap: every block in the seat that the plan gave it. Blocks are headed by their type, never by a variable's name. */

#include "scene-build.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PAIR_VALUE 40.0
#define CROWD_ROWS 8

static const FactsBlock *
get_block (SceneBuild *build, guint index)
{
  return &g_array_index (build->facts->blocks, FactsBlock, index);
}

/* ---- one block ---- */

static void
style_block (SceneBox *box, const FactsBlock *block)
{
  box->fill = SCENE_COLOUR_CELL;
  box->edge = SCENE_EDGE_THIN;
  box->edge_colour = SCENE_COLOUR_EDGE;
  switch (block->state)
    {
    case FACTS_BLOCK_LIVE:
      break;
    case FACTS_BLOCK_FREED:
      box->fill = SCENE_COLOUR_GREY_SOFT;
      box->edge = SCENE_EDGE_DASHED;
      box->flags |= SCENE_FREED | SCENE_HATCHED;
      break;
    case FACTS_BLOCK_LEAKED:
      box->edge = SCENE_EDGE_THICK;
      box->edge_colour = SCENE_COLOUR_RED;
      box->flags |= SCENE_LEAKED;
      break;
    }
  if (block->is_faulty)
    {
      gboolean is_freed = block->state == FACTS_BLOCK_FREED;

      box->fill = is_freed ? SCENE_COLOUR_RED_SOFT : SCENE_COLOUR_CELL;
      box->edge = is_freed ? SCENE_EDGE_DASHED_THICK : SCENE_EDGE_THICK;
      box->edge_colour = SCENE_COLOUR_RED;
      box->flags |= SCENE_FAULTY;
    }
}

/* The words about its state, long or short; NULL: there is nothing to say. (transfer full) */
static char *
word_state (const FactsBlock *block, gboolean is_short)
{
  switch (block->state)
    {
    case FACTS_BLOCK_LIVE:
      return NULL;
    case FACTS_BLOCK_FREED:
      if (block->freed_line == 0)
        return g_strdup (_ ("freed"));
      /* Translators: as short as can be, for a box of 76 pixels: freed on line 18 */
      return g_strdup_printf (is_short ? _ ("freed, %u") : _ ("freed on line %u"),
                              block->freed_line);
    case FACTS_BLOCK_LEAKED:
      return g_strdup (_ ("leaked"));
    }
  return NULL;
}

/* "struct item" is "item" where there is little room. */
static const char *
name_type (const FactsBlock *block, gboolean is_short)
{
  static const char *const keywords[] = { "struct ", "union ", "enum " };

  if (block->type == NULL)
    return _ ("bytes");
  for (guint i = 0; i < G_N_ELEMENTS (keywords) && is_short; i++)
    if (g_str_has_prefix (block->type, keywords[i]))
      return block->type + strlen (keywords[i]);
  return block->type;
}

/* The ground of a head where boxes are small and many. */
static guint32
draw_ground (SceneBuild *build, guint32 owner, double x, double y, double width)
{
  SceneBox head = { .role = SCENE_BOX_HEAD,
                    .x = x,
                    .y = y,
                    .width = width,
                    .height = build->measures->head_height,
                    .radius = 6,
                    .fill = SCENE_COLOUR_CONST };

  return scene_build_box (build, owner, &head);
}

static void
draw_head (SceneBuild *build, guint32 owner, const FactsBlock *block, double x, double y,
           double width)
{
  const SceneMeasures *measures = build->measures;
  gboolean is_roomy = measures->foot_height > 0;
  gboolean is_short = width < 160;
  double pad = is_roomy ? measures->pad : 8;
  double middle = y + measures->head_height / 2 + (is_roomy ? 1 : 0);
  g_autofree char *state = word_state (block, is_short);
  SceneRole role = SCENE_ROLE_STATE;
  double used = 0;

  if (!is_roomy && block->state == FACTS_BLOCK_LIVE)
    owner = draw_ground (build, owner, x, y, width);
  if (block->is_faulty || block->state == FACTS_BLOCK_LEAKED)
    role = SCENE_ROLE_STATE_FAULTY;
  else if (is_short)
    role = SCENE_ROLE_STATE_SMALL;
  if (state != NULL)
    used = scene_build_text (build, owner, role, state, x + width - pad, middle, width - 2 * pad,
                             SCENE_ALIGN_END);
  if (!is_short || used < width / 2)
    scene_build_text (build, owner, SCENE_ROLE_BLOCK, name_type (block, is_short), x + pad, middle,
                      width - 2 * pad - (used > 0 ? used + 12 : 0), SCENE_ALIGN_START);
}

/* Where it lies and who made it. */
static void
draw_foot (SceneBuild *build, guint32 owner, const FactsBlock *block, double x, double y,
           double width)
{
  double pad = build->measures->pad;
  g_autofree char *address = g_strdup_printf ("0x%04" G_GINT64_MODIFIER "x", block->address);
  g_autofree char *made = NULL;
  double used = scene_build_text (build, owner, SCENE_ROLE_ADDRESS, address, x + pad, y,
                                  width - 2 * pad, SCENE_ALIGN_START);

  if (block->allocated_line == 0)
    return;
  if (block->allocated_by != NULL)
    made = g_strdup_printf (_ ("allocated on line %u by %s"), block->allocated_line,
                            block->allocated_by);
  else
    made = g_strdup_printf (_ ("allocated on line %u"), block->allocated_line);
  scene_build_text (build, owner, SCENE_ROLE_CAPTION, made, x + width - pad, y,
                    width - 2 * pad - used - 16, SCENE_ALIGN_END);
}

/* An item of a list: its value and its pointer side by side. */
static void
draw_pair (SceneBuild *build, guint32 owner, const SceneForm *form, const char *id, double x,
           double y, double width, double height)
{
  double starts[2] = { x + 2, x + PAIR_VALUE + 1 };
  double widths[2] = { PAIR_VALUE - 3, width - PAIR_VALUE - 3 };
  SceneBox divider = { .role = SCENE_BOX_COLUMN,
                       .x = x + PAIR_VALUE - 1,
                       .y = y,
                       .width = 1,
                       .height = height - 1,
                       .fill = SCENE_COLOUR_EDGE };

  for (guint i = 0; i < 2; i++)
    {
      const SceneForm *field = form->children->pdata[i];
      guint32 cell = scene_build_cell (build, owner, field->node, starts[i], y + 1, widths[i],
                                       height - 3, SCENE_LOOK_SEAMLESS);

      scene_build_get_box (build, cell)->id = scene_build_id (build, "%s.%s", id, field->name);
      scene_build_anchor (build, field->node, cell);
    }
  scene_build_box (build, owner, &divider);
}

static SceneForm *
make_form (SceneBuild *build, guint32 root)
{
  SceneForm *form = scene_form_new_from_node (build->facts, root);

  if (form->children == NULL && form->kind != IR_TYPE_ARRAY)
    {
      form = scene_form_new_elements (form, 1);
      form->node = root;
    }
  return form;
}

static void
fill_block (SceneBuild *build, guint32 item, const FactsBlock *block)
{
  const SceneMeasures *measures = build->measures;
  SceneBox box = *scene_build_get_box (build, item);
  double bottom = box.y + box.height - (measures->foot_height > 0 ? measures->foot_height : 2);
  g_autoptr (SceneForm) form = NULL;

  if (block->root == FACTS_NO_NODE)
    return;
  form = make_form (build, block->root);
  if (form->children == NULL)
    return;
  if (scene_form_get_style (form, measures) == SCENE_STYLE_PAIR && box.width == SCENE_PAIR_WIDTH)
    draw_pair (build, item, form, box.id, box.x, box.y + measures->head_height, box.width,
               box.height - measures->head_height);
  else
    scene_build_lines (build, item, form, box.id, box.x + measures->pad,
                       box.y + measures->head_height, box.width - 2 * measures->pad, bottom, 0);
}

/* A block as a box with all that is in it. The spot must be set. */
void
scene_build_block (SceneBuild *build, guint index, double x, double y, double width, double height,
                   guint32 flags, guint32 owner)
{
  const FactsBlock *block = get_block (build, index);
  const SceneMeasures *measures = build->measures;
  SceneBox box = { .role = SCENE_BOX_BLOCK,
                   .x = x,
                   .y = y,
                   .width = width,
                   .height = height,
                   .radius = measures->foot_height > 0 ? 8 : 6,
                   .flags = flags,
                   .id = scene_build_id (build, "block:%u", block->number),
                   .about = SCENE_ABOUT_BLOCK,
                   .index = index };
  guint32 item;
  SceneAnchor *anchor;

  style_block (&box, block);
  item = scene_build_box (build, owner, &box);
  build->block_items[index] = item;
  build->block_spots[index] = build->spot;
  draw_head (build, item, block, x, y, width);
  fill_block (build, item, block);
  if (measures->foot_height > 0)
    draw_foot (build, item, block, x, y + height - measures->foot_height / 2, width);
  if (block->root == FACTS_NO_NODE)
    return;
  anchor = scene_build_anchor (build, block->root, item);
  anchor->is_whole = TRUE;
  anchor->is_element = FALSE;
  /* An arrow to an item of a list comes in level with the one that goes on. */
  if (width == SCENE_PAIR_WIDTH)
    anchor->y = y + (height + measures->head_height) / 2;
}

/* A chip's pointers leave it at its right end, all from one place. */
static void
anchor_chip (SceneBuild *build, guint32 index, guint32 item)
{
  const FactsNode *node = facts_get_node (build->facts, index);
  const SceneBox *box = scene_build_get_box (build, item);
  SceneAnchor *anchor = scene_build_anchor (build, index, item);

  anchor->is_whole = TRUE;
  anchor->has_sign = TRUE;
  anchor->sign_x = box->x + box->width;
  anchor->sign_y = box->y + box->height / 2;
  for (guint32 i = 0; i < node->n_children; i++)
    anchor_chip (build, node->first_child + i, item);
}

/* A block where there are many: its type and its state. */
void
scene_build_chip (SceneBuild *build, guint index, double x, double y, guint32 flags, guint32 owner)
{
  const FactsBlock *block = get_block (build, index);
  SceneBox box = { .role = SCENE_BOX_CHIP,
                   .x = x,
                   .y = y,
                   .width = SCENE_CHIP_WIDTH,
                   .height = SCENE_CHIP_HEIGHT, /* round corners would cost ten times as much */
                   .flags = flags,
                   .id = scene_build_id (build, "block:%u", block->number),
                   .about = SCENE_ABOUT_BLOCK,
                   .index = index };
  guint32 item;
  g_autofree char *state = word_state (block, TRUE);

  style_block (&box, block);
  box.flags &= ~(guint32)SCENE_HATCHED;
  item = scene_build_box (build, owner, &box);
  build->block_items[index] = item;
  build->block_spots[index] = build->spot;
  scene_build_text (build, item, state != NULL ? SCENE_ROLE_STATE_SMALL : SCENE_ROLE_FIELD,
                    state != NULL ? state : name_type (block, TRUE), x + SCENE_CHIP_WIDTH / 2,
                    y + SCENE_CHIP_HEIGHT / 2, SCENE_CHIP_WIDTH - 14, SCENE_ALIGN_CENTRE);
  if (block->root == FACTS_NO_NODE)
    return;
  anchor_chip (build, block->root, item);
}

/* ---- all of them ---- */

static SceneRange
shift_range (double low, double length, double by)
{
  return (SceneRange){ low + by, low + length + by };
}

static guint32
add_spot (SceneBuild *build, const SceneSeat *seat)
{
  GArray *bands = build->plan->bands;
  const SceneBand *band = &g_array_index (bands, SceneBand, seat->band);
  const SceneColumn *column = &g_array_index (band->columns, SceneColumn, seat->place.column);
  const SceneColumn *next = column + 1;
  double x = build->corridor.high, y = build->top;
  SceneSpot spot = { .zone = SCENE_ZONE_HEAP, .band = seat->band, .column = seat->place.column };

  spot.left = shift_range (column->gutter, column->gutter_width, x);
  spot.right = shift_range (next->gutter, next->gutter_width, x);
  /* Columns are as wide as their widest tenant; right of a narrower one is free as well. */
  spot.right.low = MIN (spot.right.low, spot.right.high);
  spot.above = shift_range (band->gutter, band->gutter_height, y);
  spot.below = shift_range (band->bottom, SCENE_LEAST_BELOW, y);
  if (seat->band + 1 < bands->len)
    {
      const SceneBand *following = band + 1;

      if (following->strip == band->strip)
        spot.below = shift_range (following->gutter, following->gutter_height, y);
    }
  return scene_build_spot (build, &spot);
}

static void
seat_block (SceneBuild *build, guint32 card, guint index)
{
  const FactsBlock *block = get_block (build, index);
  const SceneSeat *seat = scene_plan_get_seat (build->plan, block->number);
  double x = build->corridor.high + seat->x, y = build->top + seat->y;

  build->spot = add_spot (build, seat);
  if (build->plan->level == SCENE_LEVEL_WHOLE)
    scene_build_block (build, index, x, y, seat->width, seat->height, 0, card);
  else
    scene_build_chip (build, index, x, y, 0, card);
  g_array_index (build->spots, SceneSpot, build->spot).item = build->block_items[index];
}

static gint
compare_addresses (gconstpointer a, gconstpointer b, gpointer user_data)
{
  SceneBuild *build = user_data;
  const FactsBlock *first = get_block (build, *(const guint *)a);
  const FactsBlock *second = get_block (build, *(const guint *)b);

  if (first->address != second->address)
    return first->address < second->address ? -1 : 1;
  return first->number < second->number ? -1 : 1;
}

/* Blocks that came after what was surveyed, in the order of their addresses. */
static void
seat_crowd (SceneBuild *build, guint32 card, GArray *late)
{
  double left = build->corridor.high + 8, y = build->top + build->plan->height + 8;
  guint per_row = (guint)MAX (1, (build->heap_width - 40) / (SCENE_CHIP_WIDTH + 8));
  guint most = per_row * CROWD_ROWS;
  guint n = MIN (late->len, most);

  g_array_sort_with_data (late, compare_addresses, build);
  for (guint i = 0; i < n; i++)
    {
      double x = left + i % per_row * (SCENE_CHIP_WIDTH + 8);
      double at = y + i / per_row * (SCENE_CHIP_HEIGHT + 8) + 8;
      SceneSpot spot = { .zone = SCENE_ZONE_HEAP, .band = G_MAXUINT - i / per_row, .column = i };

      spot.left = (SceneRange){ x - 7, x - 1 };
      spot.right = (SceneRange){ x + SCENE_CHIP_WIDTH + 1, x + SCENE_CHIP_WIDTH + 7 };
      spot.above = (SceneRange){ at - 7, at - 1 };
      spot.below = shift_range (at + SCENE_CHIP_HEIGHT + 1, 6, 0);
      build->spot = scene_build_spot (build, &spot);
      scene_build_chip (build, g_array_index (late, guint, i), x, at, SCENE_FLOATING, card);
      g_array_index (build->spots, SceneSpot, build->spot).item
          = build->block_items[g_array_index (late, guint, i)];
    }
  if (late->len > n)
    {
      g_autofree char *more = g_strdup_printf (
          ngettext ("%u more block", "%u more blocks", late->len - n), late->len - n);

      scene_build_text (build, card, SCENE_ROLE_CAPTION, more, left,
                        y + CROWD_ROWS * (SCENE_CHIP_HEIGHT + 8) + 16, build->heap_width - 48,
                        SCENE_ALIGN_START);
    }
}

static guint32
add_card (SceneBuild *build)
{
  const FactsLedger *ledger = &build->facts->ledger;
  g_autofree char *caption = NULL;
  SceneBox card = { .role = SCENE_BOX_REGION,
                    .x = build->heap_left,
                    .y = build->top,
                    .width = build->heap_width,
                    .height = build->heap_height,
                    .radius = 8,
                    .fill = SCENE_COLOUR_CARD,
                    .edge = SCENE_EDGE_THIN,
                    .edge_colour = SCENE_COLOUR_EDGE,
                    .id = "region:heap",
                    .about = SCENE_ABOUT_REGION,
                    .index = FACTS_REGION_HEAP };

  if (build->measures->has_addresses)
    caption = g_strdup_printf (
        _ ("grows up · %" G_GUINT64_FORMAT " live · %" G_GUINT64_FORMAT " freed"),
        ledger->live_blocks, ledger->n_frees);
  else
    caption
        = g_strdup_printf (_ ("%" G_GUINT64_FORMAT " live blocks · %" G_GUINT64_FORMAT " bytes"),
                           ledger->live_blocks, ledger->live_bytes);
  scene_build_heading (build, _ ("Heap"), caption, build->heap_left, build->top - 20,
                       build->heap_width);
  return scene_build_box (build, SCENE_NO_ITEM, &card);
}

void
scene_build_heap (SceneBuild *build)
{
  guint32 card = build->card = add_card (build);
  g_autoptr (GArray) late = g_array_new (FALSE, FALSE, sizeof (guint));

  if (build->plan->level == SCENE_LEVEL_CROWDS)
    {
      scene_build_crowd (build);
      return;
    }
  for (guint i = 0; i < build->facts->blocks->len; i++)
    {
      if (get_block (build, i)->is_overwritten)
        continue;
      if (scene_plan_get_seat (build->plan, get_block (build, i)->number) != NULL)
        seat_block (build, card, i);
      else
        g_array_append_val (late, i);
    }
  if (late->len > 0)
    seat_crowd (build, card, late);
  if (build->facts->blocks->len == 0)
    scene_build_text (build, card, SCENE_ROLE_CAPTION, _ ("Nothing is allocated yet."),
                      build->heap_left + 16, build->top + 28, build->heap_width - 32,
                      SCENE_ALIGN_START);
}
