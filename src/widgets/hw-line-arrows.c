/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hw-line-arrows.h"

#include "hw-palette.h"

#define WIDTH 22
#define LENGTH 16.0
#define HALF 6.0
#define SHAFT 2.5

struct _HwLineArrows
{
  GtkSourceGutterRenderer parent_instance;
  guint next, before; /* lines from 1; 0: none */
};

G_DEFINE_FINAL_TYPE (HwLineArrows, hw_line_arrows, GTK_SOURCE_TYPE_GUTTER_RENDERER)

static void
trace_arrow (cairo_t *cr, double x, double y)
{
  double neck = x + LENGTH - HALF - 1;

  cairo_move_to (cr, x, y - SHAFT);
  cairo_line_to (cr, neck, y - SHAFT);
  cairo_line_to (cr, neck, y - HALF);
  cairo_line_to (cr, x + LENGTH, y);
  cairo_line_to (cr, neck, y + HALF);
  cairo_line_to (cr, neck, y + SHAFT);
  cairo_line_to (cr, x, y + SHAFT);
  cairo_close_path (cr);
}

static void
hw_line_arrows_snapshot_line (GtkSourceGutterRenderer *renderer, GtkSnapshot *snapshot,
                              GtkSourceGutterLines *lines, guint line)
{
  HwLineArrows *self = HW_LINE_ARROWS (renderer);
  const ScenePalette *palette = hw_palette_get_current ();
  int y, height;
  cairo_t *cr;

  if (line + 1 != self->next && line + 1 != self->before)
    return;
  gtk_source_gutter_lines_get_line_yrange (
      lines, line, GTK_SOURCE_GUTTER_RENDERER_ALIGNMENT_MODE_FIRST, &y, &height);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, y, WIDTH, height));
  trace_arrow (cr, 3.5, y + height / 2 + 0.5);
  if (line + 1 == self->next)
    {
      scene_palette_set_source (palette, SCENE_COLOUR_RED, 1, cr);
      cairo_fill (cr);
    }
  else
    {
      scene_palette_set_source (palette, SCENE_COLOUR_GREEN, 1, cr);
      cairo_set_line_width (cr, 1.6);
      cairo_stroke (cr);
    }
  cairo_destroy (cr);
}

static void
hw_line_arrows_class_init (HwLineArrowsClass *klass)
{
  GTK_SOURCE_GUTTER_RENDERER_CLASS (klass)->snapshot_line = hw_line_arrows_snapshot_line;
}

static void
hw_line_arrows_init (HwLineArrows *self)
{
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  "line arrows", -1);
}

GtkSourceGutterRenderer *
hw_line_arrows_new (void)
{
  return g_object_new (HW_TYPE_LINE_ARROWS, NULL);
}

void
hw_line_arrows_set_lines (HwLineArrows *self, guint next, guint before)
{
  g_return_if_fail (HW_IS_LINE_ARROWS (self));
  if (self->next == next && self->before == before)
    return;
  self->next = next;
  self->before = before;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
