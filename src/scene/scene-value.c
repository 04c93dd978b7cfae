/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values: cells, the rows of structs, the elements of arrays. */

#include "scene-build.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define INDENT 12.0

/* From this width on a pointer's cell shows the address too. */
#define ADDRESS_WIDTH 88.0

static gboolean
is_bad (const FactsNode *node)
{
  return (node->flags & (FACTS_DANGLING | FACTS_WILD | FACTS_OUTSIDE)) != 0;
}

/* What is not there yet has not changed, whatever its bytes did. */
static gboolean
is_changed (const FactsNode *node)
{
  return (node->flags & (FACTS_CHANGED | FACTS_NOT_LIVE)) == FACTS_CHANGED;
}

static guint32
collect_flags (const FactsNode *node)
{
  guint32 flags = 0;

  if (is_changed (node))
    flags |= SCENE_CHANGED;
  if ((node->flags & FACTS_FAULT) != 0)
    flags |= SCENE_FAULTY;
  if ((node->flags & FACTS_UNDEFINED) != 0)
    flags |= SCENE_UNDEFINED;
  if ((node->flags & (FACTS_DANGLING | FACTS_WILD)) != 0)
    flags |= SCENE_DANGLING;
  return flags;
}

/* The cell's ground and edge. A fault is said before a change, a change before all else. */
static void
style_cell (SceneBox *box, const FactsNode *node, guint look)
{
  box->fill = SCENE_COLOUR_CELL;
  box->edge = SCENE_EDGE_THIN;
  box->edge_colour = SCENE_COLOUR_EDGE;
  if ((node->flags & FACTS_CONST) != 0)
    box->fill = SCENE_COLOUR_CONST;
  if ((look & SCENE_LOOK_STALE) != 0)
    box->fill = SCENE_COLOUR_GREY_SOFT;
  if ((node->flags & FACTS_UNDEFINED) != 0)
    box->fill = SCENE_COLOUR_CHIP;
  if ((node->flags & FACTS_NOT_LIVE) != 0)
    {
      box->fill = SCENE_COLOUR_NONE;
      box->edge = SCENE_EDGE_DASHED;
    }
  if ((node->flags & FACTS_POINTER) != 0 && is_bad (node))
    box->edge = SCENE_EDGE_DASHED;
  if ((look & SCENE_LOOK_SEAMLESS) != 0)
    {
      box->edge = SCENE_EDGE_NONE;
      if ((node->flags & FACTS_UNDEFINED) == 0)
        box->fill = SCENE_COLOUR_NONE;
    }
  if (is_changed (node))
    {
      box->edge = SCENE_EDGE_CHANGED;
      box->edge_colour = SCENE_COLOUR_GREEN;
    }
  if ((node->flags & FACTS_FAULT) != 0)
    {
      box->fill = SCENE_COLOUR_RED_SOFT;
      box->edge = SCENE_EDGE_THICK;
      box->edge_colour = SCENE_COLOUR_RED;
    }
}

/* A character's cell has no room for quotes. (transfer full) */
static char *
strip_quotes (const char *text)
{
  gsize length = strlen (text);

  if (length >= 3 && text[0] == '\'' && text[length - 1] == '\'')
    return g_strndup (text + 1, length - 2);
  return g_strdup (text);
}

/* About how wide a text is in the code font. */
static gboolean
is_long (const char *text, double width)
{
  return g_utf8_strlen (text, -1) * 7.8 > width - 4;
}

static SceneRole
choose_role (const FactsNode *node, const char *text, guint look, double width)
{
  if ((node->flags & FACTS_FAULT) != 0)
    return (look & SCENE_LOOK_VARIABLE) != 0 ? SCENE_ROLE_FAULTY : SCENE_ROLE_SMALL;
  if ((node->flags & FACTS_UNDEFINED) != 0 || (look & SCENE_LOOK_STALE) != 0)
    return SCENE_ROLE_OFF;
  if ((look & SCENE_LOOK_VARIABLE) != 0)
    return SCENE_ROLE_VALUE;
  if ((width < 48 && strlen (text) > 1) || is_long (text, width))
    return SCENE_ROLE_TINY;
  return SCENE_ROLE_SMALL;
}

/* A pointer begins at a dot; at a crossed circle when what it leads to is gone. With room, its address stands before it. */
static void
fill_pointer (SceneBuild *build, guint32 cell, const FactsNode *node, SceneAnchor *anchor,
              guint look)
{
  SceneBox box = *scene_build_get_box (build, cell);
  gboolean has_address = box.width >= ADDRESS_WIDTH && build->measures->has_addresses;
  gboolean is_crossed = is_bad (node);
  double middle = box.y + box.height / 2;
  double x = has_address ? box.x + box.width - 18 : box.x + box.width / 2;
  SceneColour colour = SCENE_COLOUR_ARROW;

  if ((node->flags & FACTS_FAULT) != 0)
    colour = SCENE_COLOUR_RED;
  else if (is_crossed)
    colour = SCENE_COLOUR_ARROW_OFF;
  if (has_address)
    scene_build_text (build, cell, choose_role (node, node->text, look, box.width), node->text,
                      box.x + 12, middle, box.width - 42, SCENE_ALIGN_START);
  scene_build_sign (build, cell, is_crossed ? SCENE_SIGN_CROSSED : SCENE_SIGN_DOT, colour, x,
                    middle, is_crossed ? 14 : 7);
  anchor->has_sign = TRUE;
  anchor->sign_x = is_crossed ? x + 7 : x;
  anchor->sign_y = middle;
}

/* A pointer to code, and one whose block is not known any more, have nothing to point at: the address is all there is. */
static gboolean
has_arrow (const FactsNode *node)
{
  if ((node->flags & FACTS_POINTER) == 0 || (node->flags & (FACTS_NULL | FACTS_UNDEFINED)) != 0)
    return FALSE;
  return node->target_block != 0 || node->target_node != FACTS_NO_NODE || is_bad (node);
}

static void
fill_cell (SceneBuild *build, guint32 cell, guint32 index, guint look)
{
  const FactsNode *node = facts_get_node (build->facts, index);
  SceneBox box = *scene_build_get_box (build, cell);
  g_autofree char *text = NULL;

  if ((node->flags & FACTS_NOT_LIVE) != 0)
    return;
  if (has_arrow (node))
    {
      fill_pointer (build, cell, node, &build->anchors[index], look);
      return;
    }
  text = (node->flags & FACTS_UNDEFINED) != 0 ? g_strdup ("?")
         : box.width < 30                     ? strip_quotes (node->text)
                                              : g_strdup (node->text);
  scene_build_text (build, cell, choose_role (node, text, look, box.width), text,
                    box.x + box.width / 2, box.y + box.height / 2, box.width - 4,
                    SCENE_ALIGN_CENTRE);
}

/* The cell of one scalar. */
guint32
scene_build_cell (SceneBuild *build, guint32 owner, guint32 index, double x, double y, double width,
                  double height, guint look)
{
  const FactsNode *node = facts_get_node (build->facts, index);
  SceneBox box = { .role = SCENE_BOX_CELL,
                   .x = x,
                   .y = y,
                   .width = width,
                   .height = height,
                   .radius = width < 30 ? 3 : 5,
                   .flags = collect_flags (node),
                   .about = SCENE_ABOUT_NODE,
                   .index = index };
  guint32 cell;

  style_cell (&box, node, look);
  cell = scene_build_box (build, owner, &box);
  fill_cell (build, cell, index, look);
  if (is_changed (node))
    scene_build_sign (build, cell, SCENE_SIGN_CHANGED, SCENE_COLOUR_GREEN, x + width, y, 6);
  return cell;
}

/* ---- lines ---- */

typedef struct
{
  SceneBuild *build;
  guint32 owner;
  double x, width;
  guint look;
} Pen;

static double
sum_indent (const SceneLine *line)
{
  return line->indent * INDENT;
}

static guint32
add_row (const Pen *pen, const SceneLine *line, double y, const char *id)
{
  double indent = sum_indent (line);
  SceneBox box = { .role = SCENE_BOX_FIELD,
                   .x = pen->x + indent,
                   .y = y,
                   .width = pen->width - indent,
                   .height = line->height,
                   .fill = SCENE_COLOUR_NONE,
                   .id = id,
                   .about = SCENE_ABOUT_NODE,
                   .index = line->form->node };

  box.flags = collect_flags (facts_get_node (pen->build->facts, line->form->node));
  return scene_build_box (pen->build, pen->owner, &box);
}

static void
draw_field (const Pen *pen, const SceneLine *line, double y, const char *id)
{
  SceneBuild *build = pen->build;
  const SceneForm *form = line->form;
  double width = MIN (scene_form_get_cell_width (form, build->measures),
                      (pen->width - sum_indent (line)) * 0.6);
  double height = build->measures->field_cell;
  guint32 row = add_row (pen, line, y, id);

  scene_build_anchor (build, form->node, row);
  scene_build_text (build, row, SCENE_ROLE_FIELD, form->name, pen->x + sum_indent (line),
                    y + line->height / 2, pen->width - sum_indent (line) - width - 8,
                    SCENE_ALIGN_START);
  scene_build_cell (build, row, form->node, pen->x + pen->width - width,
                    y + (line->height - height) / 2, width, height, pen->look);
}

static void
draw_head (const Pen *pen, const SceneLine *line, double y, const char *id)
{
  const FactsNode *node = facts_get_node (pen->build->facts, line->form->node);
  double x = pen->x + sum_indent (line), width = pen->width - sum_indent (line);
  guint32 row = add_row (pen, line, y, id);
  double used = scene_build_text (pen->build, row, SCENE_ROLE_FIELD, node->name, x,
                                  y + line->height / 2, width, SCENE_ALIGN_START);

  scene_build_anchor (pen->build, line->form->node, row);
  scene_build_text (pen->build, row, SCENE_ROLE_TYPE, node->type, x + used + 12,
                    y + line->height / 2, width - used - 12, SCENE_ALIGN_START);
}

/* (transfer full) "… 84 …" */
static char *
word_gap (guint64 n_hidden)
{
  return g_strdup_printf ("… %" G_GUINT64_FORMAT " …", n_hidden);
}

static void
draw_gap (const Pen *pen, const SceneLine *line, double y)
{
  g_autofree char *text = word_gap (line->n_hidden);

  scene_build_text (pen->build, pen->owner, SCENE_ROLE_GAP, text, pen->x + sum_indent (line),
                    y + line->height / 2, pen->width - sum_indent (line), SCENE_ALIGN_START);
}

/* The longer of the two pieces into which the end of a row cuts a gap. */
static void
cut_gap (const ScenePick *pick, guint per_row, guint *seat, guint *extent)
{
  guint rest = per_row - pick->seat % per_row;

  *seat = pick->seat;
  *extent = MIN (pick->extent, rest);
  if (pick->extent > rest && pick->extent - rest > rest)
    {
      *seat = pick->seat + rest;
      *extent = MIN (pick->extent - rest, per_row);
    }
}

static const SceneForm *
find_element (const SceneForm *array, guint64 index)
{
  for (guint i = 0; array->children != NULL && i < array->children->len; i++)
    if (((SceneForm *)array->children->pdata[i])->element == index)
      return array->children->pdata[i];
  return NULL;
}

static void
draw_element (const Pen *pen, guint32 row, const SceneForm *array, const ScenePick *pick, double x,
              double y, double width, const char *id)
{
  SceneBuild *build = pen->build;
  const SceneForm *element = find_element (array, pick->element);
  SceneAnchor *anchor;
  guint32 cell;

  if (element == NULL)
    return;
  cell = scene_build_cell (build, row, element->node, x, y + build->measures->inner_gutter, width,
                           build->measures->element_height, pen->look);
  scene_build_get_box (build, cell)->id
      = scene_build_id (build, "%s[%" G_GUINT64_FORMAT "]", id, pick->element);
  if (array->n_elements > scene_form_get_n_seats (array) && pick->seat >= 4)
    scene_build_get_box (build, cell)->flags |= SCENE_FLOATING;
  anchor = scene_build_anchor (build, element->node, cell);
  anchor->is_element = TRUE;
  anchor->gutter = y + build->measures->inner_gutter / 2;
}

static void
draw_cells (const Pen *pen, const SceneLine *line, double y, const char *id)
{
  SceneBuild *build = pen->build;
  const SceneForm *array = line->form;
  double x = pen->x + sum_indent (line);
  double width = pen->width - sum_indent (line) - (line->has_label ? SCENE_LABEL_WIDTH : 0);
  guint per_row = scene_form_get_per_row (array, width);
  double pitch = scene_form_get_element_width (array->children->pdata[0]);
  double row_height = build->measures->element_height + build->measures->inner_gutter;
  g_autoptr (GArray) picks = scene_form_pick (array, build->facts, build->is_pointed);
  guint32 row = add_row (pen, line, y, line->has_label ? id : NULL);

  if (line->has_label)
    {
      scene_build_anchor (build, array->node, row);
      scene_build_text (build, row, SCENE_ROLE_FIELD, array->name, x,
                        y + build->measures->inner_gutter + build->measures->element_height / 2,
                        SCENE_LABEL_WIDTH - 6, SCENE_ALIGN_START);
      x += SCENE_LABEL_WIDTH;
    }
  for (guint i = 0; i < picks->len; i++)
    {
      const ScenePick *pick = &g_array_index (picks, ScenePick, i);
      guint seat = pick->seat, extent = 1;

      if (pick->is_gap)
        cut_gap (pick, per_row, &seat, &extent);
      {
        double cell_x = (double)(gint)(x + seat % per_row * pitch + 0.5);
        double cell_y = y + seat / per_row * row_height;

        if (pick->is_gap)
          {
            g_autofree char *text = word_gap (pick->n_hidden);

            scene_build_text (build, row, SCENE_ROLE_GAP, text, cell_x + extent * pitch / 2,
                              cell_y + build->measures->inner_gutter
                                  + build->measures->element_height / 2,
                              extent * pitch - 4, SCENE_ALIGN_CENTRE);
          }
        else
          draw_element (pen, row, array, pick, cell_x, cell_y, (double)(gint)(pitch - 1.5), id);
      }
    }
}

/* "block:3" and the path below it: "block:3.next", "block:3[2].x". */
static const char *
extend_id (SceneBuild *build, const char *id, const SceneForm *form)
{
  if (form->name[0] == '[')
    return scene_build_id (build, "%s%s", id, form->name);
  return scene_build_id (build, "%s.%s", id, form->name);
}

/* Draws the parts of a value one below the other, down to `bottom` at most. */
void
scene_build_lines (SceneBuild *build, guint32 owner, const SceneForm *form, const char *id,
                   double x, double y, double width, double bottom, guint look)
{
  g_autoptr (GArray) lines
      = scene_form_get_lines (form, TRUE, build->measures, width, build->facts, build->is_pointed);
  Pen pen = { build, owner, x, width, look & ~SCENE_LOOK_VARIABLE };
  const char *ids[8] = { id };

  for (guint i = 0; i < lines->len && y < bottom; i++)
    {
      const SceneLine *line = &g_array_index (lines, SceneLine, i);
      const char *line_id
          = line->form == form ? id : extend_id (build, ids[line->indent], line->form);

      if (y + line->height > bottom + 0.5)
        {
          scene_build_text (build, owner, SCENE_ROLE_GAP, "…", x, y + 8, width, SCENE_ALIGN_START);
          return;
        }
      ids[MIN (line->indent + 1, 7)] = line_id;
      switch (line->kind)
        {
        case SCENE_LINE_FIELD:
          draw_field (&pen, line, y, line_id);
          break;
        case SCENE_LINE_HEAD:
          draw_head (&pen, line, y, line_id);
          break;
        case SCENE_LINE_CELLS:
          draw_cells (&pen, line, y, line->has_label ? line_id : ids[line->indent]);
          break;
        case SCENE_LINE_GAP:
          draw_gap (&pen, line, y);
          break;
        }
      y += line->height;
    }
}
