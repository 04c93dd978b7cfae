/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The stack: one box a call, main first, the newest at the bottom; below it calls that have returned, as long as their bytes are
 * there.
 *
 *   +-----------------------+
 *   | main          line 19 |
 *   | a  char *   [0x4010 ●]|
 *   +-----------------------+
 *   : greet  returned       :
 *
 * When the stack is higher than the room kept for it, it turns a page: main, how many are left out, and the newest. Frames of
 * one page never move. */

#include "scene-build.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FRAME_GAP 8.0
#define MORE_HEIGHT 28.0
#define MOST_DEPTHS 64

static const FactsFrame *
get_frame (SceneBuild *build, guint index)
{
  return &g_array_index (build->facts->frames, FactsFrame, index);
}

/* A popped frame shows its stale bytes when somebody still points there; else its head is enough. */
static gboolean
is_open (SceneBuild *build, const FactsFrame *frame)
{
  if (frame->state == FACTS_FRAME_LIVE)
    return TRUE;
  for (guint32 node = 0; node < build->facts->n_own; node++)
    {
      guint32 root = node;

      if (!build->is_pointed[node])
        continue;
      while (facts_get_node (build->facts, root)->parent != FACTS_NO_NODE)
        root = facts_get_node (build->facts, root)->parent;
      if (root >= frame->first_slot && root < frame->first_slot + frame->n_slots)
        return TRUE;
    }
  return FALSE;
}

static double
measure_frame (SceneBuild *build, const FactsFrame *frame)
{
  double height = SCENE_FRAME_HEAD;

  if (!is_open (build, frame))
    return height;
  for (guint32 i = 0; i < frame->n_slots; i++)
    {
      g_autoptr (SceneForm) form = scene_form_new_from_node (build->facts, frame->first_slot + i);

      height += scene_form_measure_slot (form, build->measures);
    }
  return height + (frame->n_slots > 0 ? 8 : 0);
}

static double
measure_stand (const HistoryStand *stand, const SceneMeasures *measures)
{
  double height = SCENE_FRAME_HEAD + (stand->n_slots > 0 ? 8 : 0);
  guint next = 0;

  for (guint32 i = 0; i < stand->n_slots; i++)
    {
      g_autoptr (SceneForm) form = scene_form_new_from_parts (stand->parts, &next);

      height += scene_form_measure_slot (form, measures);
    }
  return height;
}

/* The highest frame at each depth of the whole run. (transfer full) of double */
static GArray *
measure_depths (GArray *stands, const SceneMeasures *measures)
{
  GArray *highest = g_array_new (FALSE, TRUE, sizeof (double));

  for (guint i = 0; i < stands->len; i++)
    {
      const HistoryStand *stand = &g_array_index (stands, HistoryStand, i);
      double height = measure_stand (stand, measures);

      if (stand->depth == 0 || stand->depth > MOST_DEPTHS)
        continue;
      if (highest->len < stand->depth)
        g_array_set_size (highest, stand->depth);
      g_array_index (highest, double, stand->depth - 1)
          = MAX (g_array_index (highest, double, stand->depth - 1), height);
    }
  return highest;
}

/* Room for the highest stack of the whole run, as far as the survey knows it (0: it does not). It is at most `most` pixels high, as
 * long as main and any other frame have room together. */
double
scene_measure_stands (HistorySurvey *survey, const SceneMeasures *measures, double most)
{
  g_autoptr (GArray) highest = NULL;
  double sum = 0, tallest = 0;

  if (survey->stands == NULL)
    return 0;
  highest = measure_depths (survey->stands, measures);
  for (guint i = 0; i < highest->len; i++)
    {
      sum += g_array_index (highest, double, i) + (i > 0 ? FRAME_GAP : 0);
      if (i > 0)
        tallest = MAX (tallest, g_array_index (highest, double, i));
    }
  if (highest->len > 0)
    tallest += g_array_index (highest, double, 0) + 2 * FRAME_GAP + MORE_HEIGHT;
  return MIN (sum, MAX (tallest, most));
}

/* ---- one frame ---- */

/* Two variables of one function may have one name: the second is "slot:1:i~2". */
static const char *
name_slot (SceneBuild *build, const FactsFrame *frame, guint32 slot)
{
  const char *name = facts_get_node (build->facts, frame->first_slot + slot)->name;
  guint n_before = 0;

  for (guint32 i = 0; i < slot; i++)
    n_before += strcmp (facts_get_node (build->facts, frame->first_slot + i)->name, name) == 0;
  if (n_before > 0)
    return scene_build_id (build, "slot:%u:%s~%u", frame->depth, name, n_before + 1);
  return scene_build_id (build, "slot:%u:%s", frame->depth, name);
}

static guint32
add_slot (SceneBuild *build, guint32 owner, const FactsNode *node, guint32 index, const char *id,
          double y, double height)
{
  SceneBox box = { .role = SCENE_BOX_SLOT,
                   .x = build->left,
                   .y = y,
                   .width = build->measures->stack_width,
                   .height = height,
                   .fill = SCENE_COLOUR_NONE,
                   .id = id,
                   .about = SCENE_ABOUT_NODE,
                   .index = index };

  if ((node->flags & (FACTS_CHANGED | FACTS_NOT_LIVE)) == FACTS_CHANGED)
    box.flags |= SCENE_CHANGED;
  if ((node->flags & FACTS_FAULT) != 0)
    box.flags |= SCENE_FAULTY;
  return scene_build_box (build, owner, &box);
}

/* Where there is little room: "tree *" for "const struct tree *". */
static const char *
shorten_type (const char *type)
{
  static const char *const prefixes[] = { "const ", "struct ", "union ", "enum " };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (type, prefixes[i]))
      type += strlen (prefixes[i]);
  return type;
}

/* Name and type in one row; with room, the address below. */
static void
draw_label (SceneBuild *build, guint32 row, const FactsNode *node, double y, double width,
            gboolean is_off)
{
  const SceneMeasures *measures = build->measures;
  double x = build->left + 16;
  double middle = y + (measures->has_addresses ? 14 : measures->slot_height / 2);
  double used = scene_build_text (build, row, is_off ? SCENE_ROLE_NAME_OFF : SCENE_ROLE_NAME,
                                  node->name, x, middle, width * 0.6, SCENE_ALIGN_START);
  double type_x = MAX (used + 12, measures->has_addresses ? 24 : 46);

  scene_build_text (build, row, is_off ? SCENE_ROLE_ADDRESS : SCENE_ROLE_TYPE,
                    measures->has_addresses ? node->type : shorten_type (node->type), x + type_x,
                    middle, width - type_x, SCENE_ALIGN_START);
  if (measures->has_addresses)
    {
      g_autofree char *address = g_strdup_printf ("0x%04" G_GINT64_MODIFIER "x", node->address);

      scene_build_text (build, row, SCENE_ROLE_ADDRESS, address, x, y + 33, width,
                        SCENE_ALIGN_START);
    }
}

static void
draw_slot (SceneBuild *build, guint32 owner, const FactsFrame *frame, guint32 slot,
           const SceneForm *form, double y, double height)
{
  const SceneMeasures *measures = build->measures;
  guint32 index = frame->first_slot + slot;
  const FactsNode *node = facts_get_node (build->facts, index);
  guint look = SCENE_LOOK_VARIABLE | (frame->state == FACTS_FRAME_POPPED ? SCENE_LOOK_STALE : 0);
  gboolean is_off = (node->flags & FACTS_NOT_LIVE) != 0 || frame->state == FACTS_FRAME_POPPED;
  double inner = measures->stack_width - 32;
  const char *id = name_slot (build, frame, slot);
  guint32 row = add_slot (build, owner, node, index, id, y, height);

  scene_build_anchor (build, index, row);
  build->anchors[index].y = y + measures->slot_height / 2;
  draw_label (build, row, node, y, form->children == NULL ? inner - measures->slot_cell - 8 : inner,
              is_off);
  if (form->children == NULL)
    scene_build_cell (build, row, index, build->left + 16 + inner - measures->slot_cell,
                      y + (measures->slot_height - measures->cell_height) / 2, measures->slot_cell,
                      measures->cell_height, look);
  else if ((node->flags & FACTS_NOT_LIVE) == 0)
    scene_build_lines (build, row, form, id, build->left + 16, y + measures->slot_height, inner,
                       y + height, look);
}

/* (transfer full) */
static char *
word_place (const FactsFrame *frame)
{
  if (frame->state == FACTS_FRAME_POPPED)
    return frame->line > 0 ? g_strdup_printf (_ ("returned to line %u"), frame->line)
                           : g_strdup (_ ("returned"));
  if (frame->returns != NULL && frame->returns[0] != '\0')
    return g_strdup_printf (_ ("line %u, returns %s"), frame->line, frame->returns);
  return frame->line > 0 ? g_strdup_printf (_ ("line %u"), frame->line) : g_strdup ("");
}

static void
draw_head (SceneBuild *build, guint32 owner, const FactsFrame *frame, double y)
{
  gboolean is_popped = frame->state == FACTS_FRAME_POPPED;
  double width = build->measures->stack_width;
  g_autofree char *place = word_place (frame);
  double used;

  if (!is_popped)
    {
      SceneBox head = { .role = SCENE_BOX_HEAD,
                        .x = build->left,
                        .y = y,
                        .width = width,
                        .height = SCENE_FRAME_HEAD,
                        .radius = 8,
                        .fill = SCENE_COLOUR_FRAME,
                        .about = SCENE_ABOUT_NOTHING };

      owner = scene_build_box (build, owner, &head);
    }
  used = scene_build_text (build, owner, is_popped ? SCENE_ROLE_STALE : SCENE_ROLE_FUNCTION,
                           frame->function, build->left + 16, y + SCENE_FRAME_HEAD / 2,
                           width * 0.55, SCENE_ALIGN_START);
  scene_build_text (build, owner, SCENE_ROLE_CAPTION, place, build->left + width - 16,
                    y + SCENE_FRAME_HEAD / 2, width - used - 48, SCENE_ALIGN_END);
}

static void
draw_frame (SceneBuild *build, guint index, double y, double height)
{
  const FactsFrame *frame = get_frame (build, index);
  gboolean is_popped = frame->state == FACTS_FRAME_POPPED;
  double right = build->left + build->measures->stack_width;
  SceneBox box = { .role = SCENE_BOX_FRAME,
                   .x = build->left,
                   .y = y,
                   .width = build->measures->stack_width,
                   .height = height,
                   .radius = 8,
                   .fill = is_popped ? SCENE_COLOUR_GREY_SOFT : SCENE_COLOUR_CARD,
                   .edge = is_popped ? SCENE_EDGE_DASHED : SCENE_EDGE_THIN,
                   .edge_colour = SCENE_COLOUR_EDGE,
                   .flags = is_popped ? SCENE_FREED : 0,
                   .id = scene_build_id (build, "frame:%u", frame->depth),
                   .about = SCENE_ABOUT_FRAME,
                   .index = index };
  guint32 item = scene_build_box (build, SCENE_NO_ITEM, &box);
  SceneSpot spot = { .zone = SCENE_ZONE_STACK, .item = item };

  spot.right = (SceneRange){ right, build->channel.high };
  build->spot = scene_build_spot (build, &spot);
  draw_head (build, item, frame, y);
  y += SCENE_FRAME_HEAD + 4;
  for (guint32 i = 0; i < frame->n_slots && height > SCENE_FRAME_HEAD; i++)
    {
      g_autoptr (SceneForm) form = scene_form_new_from_node (build->facts, frame->first_slot + i);
      double slot_height = scene_form_measure_slot (form, build->measures);

      draw_slot (build, item, frame, i, form, y, slot_height);
      y += slot_height;
    }
}

/* ---- all of them ---- */

/* The first frame of the page that shows the newest live one; 0: all fit. */
static guint
find_page (SceneBuild *build, const double *heights, guint n_live)
{
  double y = 0;
  guint first = 0;

  for (guint i = 0; i < n_live; i++)
    {
      if (i > 0 && y + heights[i] > build->stack_height)
        {
          first = i;
          y = heights[0] + FRAME_GAP + MORE_HEIGHT;
        }
      y += heights[i] + FRAME_GAP;
    }
  return first;
}

void
scene_build_stack (SceneBuild *build)
{
  guint n_frames = build->facts->frames->len, n_live = 0, first;
  g_autofree double *heights = g_new (double, n_frames + 1);
  double y = build->top, bottom = build->top + build->stack_height;

  scene_build_heading (build, _ ("Stack"), _ ("grows down"), build->left, build->top - 20,
                       build->measures->stack_width);
  for (guint i = 0; i < n_frames; i++)
    {
      heights[i] = measure_frame (build, get_frame (build, i));
      n_live += get_frame (build, i)->state == FACTS_FRAME_LIVE;
    }
  first = find_page (build, heights, n_live);
  for (guint i = 0; i < n_frames; i++)
    {
      if (i > 0 && i < first)
        continue;
      if (first > 0 && i == first)
        {
          g_autofree char *more
              = g_strdup_printf (ngettext ("%u more call", "%u more calls", first - 1), first - 1);

          scene_build_text (build, SCENE_NO_ITEM, SCENE_ROLE_CAPTION, more, build->left + 16,
                            y + MORE_HEIGHT / 2 - 4, build->measures->stack_width - 32,
                            SCENE_ALIGN_START);
          y += MORE_HEIGHT;
        }
      /* The head of a call that is over is no news where live calls had to be left out. */
      if (i >= n_live && (y + heights[i] > bottom || (first > 0 && heights[i] <= SCENE_FRAME_HEAD)))
        break;
      draw_frame (build, i, y, heights[i]);
      y += heights[i] + FRAME_GAP;
    }
}
