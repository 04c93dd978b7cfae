/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A heap with more blocks than can be seen: a strip that shows which bytes are in use, groups by type and state with how many
 * there are, and whole boxes for the few that this step is about. One pass over the blocks; all else costs what the pixels
 * cost. */

#include "scene-build.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define STRIP_HEIGHT 40.0
#define STRIP_COLUMN 2.0
#define MOST_GROUPS 8
#define GROUP_HEIGHT 34.0
#define MOST_WHOLE 6
#define WHOLE_HEIGHT 130.0

typedef struct
{
  const char *type;
  FactsBlockState state;
  guint64 n_blocks, n_bytes;
} Group;

typedef struct
{
  GArray *groups; /* of Group */
  guint last;     /* the one found last: neighbours are mostly alike */
  guint64 begin, end;
  guint n_columns;
  guint32 *live, *freed; /* bytes, by column */
} Crowd;

static const FactsBlock *
get_block (SceneBuild *build, guint index)
{
  return &g_array_index (build->facts->blocks, FactsBlock, index);
}

double
scene_build_measure_crowd (SceneBuild *build)
{
  return 24 + STRIP_HEIGHT + 24 + MOST_GROUPS * GROUP_HEIGHT + 16 + WHOLE_HEIGHT * 2;
}

static gboolean
is_alike (const Group *group, const FactsBlock *block)
{
  return group->state == block->state
         && (group->type == block->type || g_strcmp0 (group->type, block->type) == 0);
}

static void
count_block (Crowd *crowd, const FactsBlock *block)
{
  guint i = crowd->last;
  Group *group;

  if (i >= crowd->groups->len || !is_alike (&g_array_index (crowd->groups, Group, i), block))
    for (i = 0; i < crowd->groups->len; i++)
      if (is_alike (&g_array_index (crowd->groups, Group, i), block))
        break;
  if (i == crowd->groups->len)
    {
      Group fresh = { block->type, block->state, 0, 0 };

      g_array_append_val (crowd->groups, fresh);
    }
  group = &g_array_index (crowd->groups, Group, i);
  group->n_blocks++;
  group->n_bytes += block->size;
  crowd->last = i;
}

/* Adds a block's bytes to the columns it lies in. */
static void
cover_columns (Crowd *crowd, const FactsBlock *block, double per_byte)
{
  guint32 *bytes = block->state == FACTS_BLOCK_FREED ? crowd->freed : crowd->live;
  guint first = (guint)((double)(block->address - crowd->begin) * per_byte);
  guint last = (guint)((double)(block->address + block->size - crowd->begin) * per_byte);

  first = MIN (first, crowd->n_columns - 1);
  last = MIN (last, crowd->n_columns - 1);
  for (guint i = first; i <= last; i++)
    bytes[i] += (guint32)MIN (block->size, 1 << 20);
}

static void
survey_blocks (SceneBuild *build, Crowd *crowd)
{
  guint n = build->facts->blocks->len;
  double per_byte;

  crowd->begin = G_MAXUINT64;
  for (guint i = 0; i < n; i++)
    {
      const FactsBlock *block = get_block (build, i);

      crowd->begin = MIN (crowd->begin, block->address);
      crowd->end = MAX (crowd->end, block->address + block->size);
    }
  per_byte = crowd->n_columns / (double)MAX (1, crowd->end - crowd->begin);
  for (guint i = 0; i < n; i++)
    {
      const FactsBlock *block = get_block (build, i);

      if (block->is_overwritten)
        continue;
      count_block (crowd, block);
      cover_columns (crowd, block, per_byte);
    }
}

/* ---- the strip ---- */

static SceneColour
choose_colour (const Crowd *crowd, guint column)
{
  if (crowd->live[column] == 0 && crowd->freed[column] == 0)
    return SCENE_COLOUR_CARD;
  return crowd->live[column] >= crowd->freed[column] ? SCENE_COLOUR_USED : SCENE_COLOUR_GREY_HATCH;
}

/* Neighbouring columns of one colour are one box. */
static void
draw_strip (SceneBuild *build, const Crowd *crowd, double x, double y)
{
  guint begin = 0;
  SceneBox frame = { .role = SCENE_BOX_COLUMN,
                     .x = x,
                     .y = y,
                     .width = crowd->n_columns * STRIP_COLUMN,
                     .height = STRIP_HEIGHT,
                     .fill = SCENE_COLOUR_CARD,
                     .edge = SCENE_EDGE_THIN,
                     .edge_colour = SCENE_COLOUR_EDGE };
  guint32 owner = scene_build_box (build, build->card, &frame);

  for (guint i = 1; i <= crowd->n_columns; i++)
    if (i == crowd->n_columns || choose_colour (crowd, i) != choose_colour (crowd, begin))
      {
        SceneBox run = { .role = SCENE_BOX_COLUMN,
                         .x = x + begin * STRIP_COLUMN,
                         .y = y + 1,
                         .width = (i - begin) * STRIP_COLUMN,
                         .height = STRIP_HEIGHT - 2,
                         .fill = choose_colour (crowd, begin) };

        if (run.fill != SCENE_COLOUR_CARD)
          scene_build_box (build, owner, &run);
        begin = i;
      }
}

/* ---- groups ---- */

static gint
compare_groups (gconstpointer a, gconstpointer b)
{
  const Group *first = a, *second = b;

  if (first->n_blocks != second->n_blocks)
    return first->n_blocks > second->n_blocks ? -1 : 1;
  if (first->state != second->state)
    return first->state < second->state ? -1 : 1;
  return g_strcmp0 (first->type, second->type);
}

static const char *
name_state (FactsBlockState state)
{
  switch (state)
    {
    case FACTS_BLOCK_LIVE:
      return _ ("live");
    case FACTS_BLOCK_FREED:
      return _ ("freed");
    case FACTS_BLOCK_LEAKED:
      return _ ("leaked");
    }
  return "";
}

static void
draw_group (SceneBuild *build, const Group *group, double x, double y, double width)
{
  SceneBox box
      = { .role = SCENE_BOX_GROUP,
          .x = x,
          .y = y,
          .width = width,
          .height = GROUP_HEIGHT - 6,
          .radius = 6,
          .fill = group->state == FACTS_BLOCK_FREED ? SCENE_COLOUR_GREY_SOFT : SCENE_COLOUR_CELL,
          .edge = group->state == FACTS_BLOCK_FREED ? SCENE_EDGE_DASHED : SCENE_EDGE_THIN,
          .edge_colour = SCENE_COLOUR_EDGE,
          .flags = SCENE_FLOATING,
          .about = SCENE_ABOUT_GROUP,
          .index = (guint32)group->n_blocks };
  const char *type = group->type != NULL ? group->type : _ ("bytes");
  g_autofree char *count
      = g_strdup_printf (_ ("%'" PRIu64 " %s, %'" PRIu64 " bytes"), group->n_blocks,
                         name_state (group->state), group->n_bytes);
  guint32 item;
  double used;

  box.id = scene_build_id (build, "group:%u:%s", group->state, type);
  item = scene_build_box (build, build->card, &box);
  used = scene_build_text (build, item, SCENE_ROLE_BLOCK, type, x + 12, y + box.height / 2,
                           width / 2, SCENE_ALIGN_START);
  scene_build_text (build, item, SCENE_ROLE_CAPTION, count, x + width - 12, y + box.height / 2,
                    width - used - 40, SCENE_ALIGN_END);
}

/* ---- the few that stay whole ---- */

/* Marks the blocks that the values of a root point to. */
static void
mark_targets (SceneBuild *build, guint32 begin, guint32 end, GHashTable *keys)
{
  for (guint32 i = begin; i < end && i < build->facts->n_own; i++)
    {
      const FactsNode *node = facts_get_node (build->facts, i);

      if ((node->flags & FACTS_POINTER) != 0 && node->target_block != 0)
        g_hash_table_add (keys, GUINT_TO_POINTER (node->target_block));
    }
}

static gboolean
is_changed (SceneBuild *build, guint32 node_index)
{
  const FactsNode *node = facts_get_node (build->facts, node_index);

  if ((node->flags & (FACTS_CHANGED | FACTS_FAULT)) != 0)
    return TRUE;
  for (guint32 i = 0; i < node->n_children; i++)
    if (is_changed (build, node->first_child + i))
      return TRUE;
  return FALSE;
}

static void
draw_whole (SceneBuild *build, guint32 card, double x, double y, double width)
{
  g_autoptr (GHashTable) keys = g_hash_table_new (NULL, NULL);
  guint n = 0, per_row = 3;
  double box_width = (double)(gint)((width - (per_row - 1) * 24) / per_row);

  for (guint i = 0; i < build->facts->frames->len; i++)
    {
      const FactsFrame *frame = &g_array_index (build->facts->frames, FactsFrame, i);

      if (frame->state == FACTS_FRAME_LIVE)
        mark_targets (build, frame->first_slot, frame->first_slot + frame->n_slots, keys);
    }
  for (guint i = 0; i < build->facts->blocks->len && n < MOST_WHOLE; i++)
    {
      const FactsBlock *block = get_block (build, i);
      double at_x = x + n % per_row * (box_width + 24);
      double at_y = y + n / per_row * WHOLE_HEIGHT + 20;
      SceneSpot spot = { .zone = SCENE_ZONE_HEAP, .band = G_MAXUINT - n / per_row, .column = n };

      if (block->is_overwritten || block->root == FACTS_NO_NODE)
        continue;
      if (!block->is_faulty && !g_hash_table_contains (keys, GUINT_TO_POINTER (block->key))
          && !is_changed (build, block->root))
        continue;
      spot.left = (SceneRange){ at_x - 22, at_x - 2 };
      spot.right = (SceneRange){ at_x + box_width + 2, at_x + box_width + 22 };
      spot.above = (SceneRange){ at_y - 18, at_y - 2 };
      spot.below = (SceneRange){ at_y + WHOLE_HEIGHT - 18, at_y + WHOLE_HEIGHT - 2 };
      build->spot = scene_build_spot (build, &spot);
      scene_build_block (build, i, at_x, at_y, box_width, WHOLE_HEIGHT - 24, SCENE_FLOATING, card);
      g_array_index (build->spots, SceneSpot, build->spot).item = build->block_items[i];
      n++;
    }
}

void
scene_build_crowd (SceneBuild *build)
{
  double x = build->heap_left + 32, y = build->top + 24, width = build->heap_width - 64;
  Crowd crowd = { .n_columns = (guint)MAX (1, width / STRIP_COLUMN) };

  crowd.groups = g_array_new (FALSE, FALSE, sizeof (Group));
  crowd.live = g_new0 (guint32, crowd.n_columns);
  crowd.freed = g_new0 (guint32, crowd.n_columns);
  survey_blocks (build, &crowd);
  draw_strip (build, &crowd, x, y);
  y += STRIP_HEIGHT + 24;
  g_array_sort (crowd.groups, compare_groups);
  for (guint i = 0; i < MIN (crowd.groups->len, MOST_GROUPS); i++)
    draw_group (build, &g_array_index (crowd.groups, Group, i), x, y + i * GROUP_HEIGHT, width);
  draw_whole (build, build->card, x, y + MOST_GROUPS * GROUP_HEIGHT, width);
  g_array_unref (crowd.groups);
  g_free (crowd.live);
  g_free (crowd.freed);
}
