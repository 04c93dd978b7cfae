/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paints a display list with Cairo, in the order of the list. Nothing is laid out here. Straight edges are moved to the middle of
 * a pixel, where they are sharp and cost half; corners are round only where one can see it. */

#include <math.h>

#include "scene-fonts.h"

#define HATCH_PITCH 12.0
#define HATCH_WIDTH 4.5
#define CORNER 8.0
#define HEAD 9.0
#define FAINT 0.25

typedef struct
{
  const Scene *scene;
  cairo_t *cr;
  const ScenePalette *palette;
  SceneFonts *fonts;
  double scale;
} Painter;

static void
set_colour (const Painter *painter, SceneColour colour)
{
  scene_palette_set_source (painter->palette, colour, 1, painter->cr);
}

/* ---- boxes ---- */

static void
trace_box (const Painter *painter, double x, double y, double width, double height, double radius)
{
  cairo_t *cr = painter->cr;

  radius = MIN (radius, MIN (width, height) / 2);
  if (radius < 2)
    {
      cairo_rectangle (cr, x, y, width, height);
      return;
    }
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

static void
paint_hatch (const Painter *painter, const SceneBox *box)
{
  cairo_t *cr = painter->cr;
  double pitch = HATCH_PITCH * painter->scale;
  gboolean is_red = (box->flags & SCENE_FAULTY) != 0;

  cairo_save (cr);
  trace_box (painter, box->x, box->y, box->width, box->height, box->radius);
  cairo_clip (cr);
  set_colour (painter, is_red ? SCENE_COLOUR_RED_HATCH : SCENE_COLOUR_GREY_HATCH);
  cairo_set_line_width (cr, HATCH_WIDTH * painter->scale);
  for (double x = box->x - box->height; x < box->x + box->width; x += pitch)
    {
      cairo_move_to (cr, x, box->y + box->height);
      cairo_line_to (cr, x + box->height, box->y);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static double
get_line_width (SceneEdge edge)
{
  switch (edge)
    {
    case SCENE_EDGE_NONE:
      return 0;
    case SCENE_EDGE_THIN:
    case SCENE_EDGE_DASHED:
      return 1;
    case SCENE_EDGE_THICK:
    case SCENE_EDGE_DASHED_THICK:
      return 2;
    case SCENE_EDGE_CHANGED:
      return 3;
    }
  return 1;
}

static void
set_dashes (const Painter *painter, gboolean is_dashed)
{
  double dashes[2] = { 5 * painter->scale, 3.5 * painter->scale };

  cairo_set_dash (painter->cr, dashes, is_dashed ? 2 : 0, 0);
}

static void
paint_edge (const Painter *painter, const SceneBox *box)
{
  double width = get_line_width (box->edge);
  /* An odd width is sharp when its middle lies on the middle of a pixel. */
  double shift = (guint)width % 2 == 1 ? 0.5 : 0;
  double x = floor (box->x) + shift, y = floor (box->y) + shift;

  if (width == 0)
    return;
  set_dashes (painter, box->edge == SCENE_EDGE_DASHED || box->edge == SCENE_EDGE_DASHED_THICK);
  cairo_set_line_width (painter->cr, width);
  set_colour (painter, box->edge_colour);
  trace_box (painter, x, y, floor (box->width), floor (box->height), box->radius);
  cairo_stroke (painter->cr);
  set_dashes (painter, FALSE);
}

/* The head of a frame is round at its upper corners only. */
static void
paint_head (const Painter *painter, const SceneBox *box)
{
  cairo_save (painter->cr);
  cairo_rectangle (painter->cr, box->x, box->y, box->width, box->height);
  cairo_clip (painter->cr);
  set_colour (painter, box->fill);
  trace_box (painter, box->x + 1, box->y + 1, box->width - 1, box->height + 2 * box->radius,
             box->radius - 1);
  cairo_fill (painter->cr);
  cairo_restore (painter->cr);
}

static void
paint_box (const Painter *painter, const SceneBox *box)
{
  if (box->role == SCENE_BOX_HEAD)
    {
      paint_head (painter, box);
      return;
    }
  if (box->fill != SCENE_COLOUR_NONE)
    {
      set_colour (painter, box->fill);
      trace_box (painter, floor (box->x), floor (box->y), floor (box->width) + 1,
                 floor (box->height) + 1, box->radius);
      cairo_fill (painter->cr);
    }
  if ((box->flags & SCENE_HATCHED) != 0)
    paint_hatch (painter, box);
  paint_edge (painter, box);
}

/* ---- words ---- */

static void
paint_text (const Painter *painter, const SceneItem *item)
{
  const SceneText *text = &item->text;
  PangoLayout *layout
      = scene_fonts_get_layout (painter->fonts, text->role, painter->scale, text->text);

  if (item->owner != SCENE_NO_ITEM)
    {
      const SceneBox *owner = &scene_get_item (painter->scene, item->owner)->box;

      /* On a hatch words stand on a clear patch. */
      if ((owner->flags & SCENE_HATCHED) != 0)
        {
          set_colour (painter, owner->fill);
          trace_box (painter, text->x - 4, text->y - 1, text->width + 8, text->height + 2, 4);
          cairo_fill (painter->cr);
        }
    }
  set_colour (painter, text->colour);
  cairo_move_to (painter->cr, text->x, text->y);
  pango_cairo_show_layout (painter->cr, layout);
  cairo_new_path (painter->cr);
}

/* ---- signs ---- */

static void
paint_crossed (const Painter *painter, const SceneSign *sign)
{
  cairo_t *cr = painter->cr;
  double radius = sign->size / 2 - 0.5, arm = radius * 0.6;

  cairo_set_line_width (cr, 1.5 * painter->scale);
  cairo_arc (cr, sign->x, sign->y, radius, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_move_to (cr, sign->x - arm, sign->y - arm);
  cairo_line_to (cr, sign->x + arm, sign->y + arm);
  cairo_move_to (cr, sign->x - arm, sign->y + arm);
  cairo_line_to (cr, sign->x + arm, sign->y - arm);
  cairo_stroke (cr);
}

static void
paint_lock (const Painter *painter, const SceneSign *sign)
{
  cairo_t *cr = painter->cr;
  double unit = sign->size / 14;

  cairo_set_line_width (cr, 1.3 * unit);
  cairo_rectangle (cr, sign->x - 4.5 * unit, sign->y - 1 * unit, 9 * unit, 7 * unit);
  cairo_new_sub_path (cr);
  cairo_arc (cr, sign->x, sign->y - 2.5 * unit, 3 * unit, G_PI, 0);
  cairo_line_to (cr, sign->x + 3 * unit, sign->y - 1 * unit);
  cairo_move_to (cr, sign->x - 3 * unit, sign->y - 2.5 * unit);
  cairo_line_to (cr, sign->x - 3 * unit, sign->y - 1 * unit);
  cairo_stroke (cr);
}

static void
paint_sign (const Painter *painter, const SceneSign *sign)
{
  set_colour (painter, sign->colour);
  switch (sign->kind)
    {
    case SCENE_SIGN_DOT:
    case SCENE_SIGN_CHANGED:
      cairo_arc (painter->cr, sign->x, sign->y, sign->size / 2, 0, 2 * G_PI);
      cairo_fill (painter->cr);
      break;
    case SCENE_SIGN_CROSSED:
      paint_crossed (painter, sign);
      break;
    case SCENE_SIGN_LOCK:
      paint_lock (painter, sign);
      break;
    }
}

/* ---- arrows ---- */

static double
measure_piece (const ScenePoint *a, const ScenePoint *b)
{
  return hypot (b->x - a->x, b->y - a->y);
}

/* A line with rounded corners, up to `cut` pixels before its end. */
static void
trace_line (const Painter *painter, const ScenePoint *p, guint n, double cut)
{
  cairo_t *cr = painter->cr;
  double last = measure_piece (&p[n - 2], &p[n - 1]);
  double keep = last > cut ? (last - cut) / last : 0;

  cairo_move_to (cr, p[0].x, p[0].y);
  for (guint i = 1; i + 1 < n; i++)
    {
      double before = measure_piece (&p[i - 1], &p[i]), after = measure_piece (&p[i], &p[i + 1]);
      double radius = MIN (CORNER * painter->scale, MIN (before, after) / 2);
      double a = radius / MAX (before, 0.01), b = radius / MAX (after, 0.01);

      cairo_line_to (cr, p[i].x + (p[i - 1].x - p[i].x) * a, p[i].y + (p[i - 1].y - p[i].y) * a);
      cairo_curve_to (cr, p[i].x, p[i].y, p[i].x, p[i].y, p[i].x + (p[i + 1].x - p[i].x) * b,
                      p[i].y + (p[i + 1].y - p[i].y) * b);
    }
  cairo_line_to (cr, p[n - 2].x + (p[n - 1].x - p[n - 2].x) * keep,
                 p[n - 2].y + (p[n - 1].y - p[n - 2].y) * keep);
}

static void
paint_head_of_arrow (const Painter *painter, const ScenePoint *from, const ScenePoint *to)
{
  cairo_t *cr = painter->cr;
  double angle = atan2 (to->y - from->y, to->x - from->x);
  double length = HEAD * painter->scale, half = length * 0.5;

  cairo_save (cr);
  cairo_translate (cr, to->x, to->y);
  cairo_rotate (cr, angle);
  cairo_move_to (cr, 0, 0);
  cairo_line_to (cr, -length, -half);
  cairo_line_to (cr, -length, half);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
paint_arrow (const Painter *painter, const SceneArrow *arrow)
{
  cairo_t *cr = painter->cr;
  const ScenePoint *p = &g_array_index (painter->scene->points, ScenePoint, arrow->first_point);
  SceneColour colour = arrow->style == SCENE_ARROW_LIVE       ? SCENE_COLOUR_ARROW
                       : arrow->style == SCENE_ARROW_DANGLING ? SCENE_COLOUR_ARROW_OFF
                                                              : SCENE_COLOUR_RED;
  double cut = HEAD * painter->scale - 1;

  if (arrow->n_points < 2)
    return;
  scene_palette_set_source (painter->palette, colour, arrow->is_faint ? FAINT : 1, cr);
  cairo_set_line_width (cr, (arrow->style == SCENE_ARROW_FAULTY ? 2 : 1.5) * painter->scale);
  set_dashes (painter, arrow->style != SCENE_ARROW_LIVE);
  if (arrow->is_curve)
    {
      cairo_move_to (cr, p[0].x, p[0].y);
      cairo_line_to (cr, p[1].x, p[1].y);
      cairo_curve_to (cr, p[2].x, p[2].y, p[3].x, p[3].y, p[4].x - cut, p[4].y);
    }
  else
    trace_line (painter, p, arrow->n_points, cut);
  cairo_stroke (cr);
  set_dashes (painter, FALSE);
  if (arrow->is_curve)
    paint_head_of_arrow (painter, &(ScenePoint){ p[4].x - 10, p[4].y }, &p[4]);
  else
    paint_head_of_arrow (painter, &p[arrow->n_points - 2], &p[arrow->n_points - 1]);
}

void
scene_paint (const Scene *scene, cairo_t *cr, const ScenePalette *palette, SceneFonts *fonts)
{
  g_autoptr (SceneFonts) own = fonts == NULL ? scene_fonts_new () : NULL;
  Painter painter = { scene, cr, palette, fonts != NULL ? fonts : own, scene->scale };

  for (guint i = 0; i < scene->items->len; i++)
    {
      const SceneItem *item = scene_get_item (scene, i);

      switch (item->kind)
        {
        case SCENE_ITEM_BOX:
          paint_box (&painter, &item->box);
          break;
        case SCENE_ITEM_TEXT:
          paint_text (&painter, item);
          break;
        case SCENE_ITEM_SIGN:
          paint_sign (&painter, &item->sign);
          break;
        case SCENE_ITEM_ARROW:
          paint_arrow (&painter, &item->arrow);
          break;
        }
    }
}
