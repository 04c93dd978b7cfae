/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hw-code-text.h"

#include "hw-palette.h"

#define GAP 24
#define SIGN 12.0 /* side of the warning sign */

struct _HwCodeText
{
  GtkSourceView parent_instance;
  guint line; /* from 1; 0: nothing is said */
  char *words;
};

G_DEFINE_FINAL_TYPE (HwCodeText, hw_code_text, GTK_SOURCE_TYPE_VIEW)

/* A triangle with an exclamation mark, since not every font has the sign. */
static void
paint_sign (GtkSnapshot *snapshot, double x, double y, const GdkRGBA *colour)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (x, y, SIGN, SIGN));

  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_move_to (cr, x + SIGN / 2, y + 0.5);
  cairo_line_to (cr, x + SIGN, y + SIGN - 0.5);
  cairo_line_to (cr, x, y + SIGN - 0.5);
  cairo_close_path (cr);
  cairo_rectangle (cr, x + SIGN / 2 - 0.75, y + 4, 1.5, 4);
  cairo_rectangle (cr, x + SIGN / 2 - 0.75, y + 9, 1.5, 1.5);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
paint_remark (HwCodeText *self, GtkSnapshot *snapshot)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->words);
  g_autoptr (PangoFontDescription) font
      = pango_font_description_from_string ("Inter, sans-serif Semi-Bold 9.5");
  GtkTextIter end;
  GdkRectangle place;
  GdkRGBA colour;
  int width, height;

  if (!gtk_text_buffer_get_iter_at_line (gtk_text_view_get_buffer (view), &end,
                                         (int)self->line - 1))
    return;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  gtk_text_view_get_iter_location (view, &end, &place);
  pango_layout_set_font_description (layout, font);
  pango_layout_get_pixel_size (layout, &width, &height);
  hw_palette_get_rgba (hw_palette_get_current (), SCENE_COLOUR_RED_TEXT, &colour);
  paint_sign (snapshot, place.x + GAP, place.y + (place.height - SIGN) / 2, &colour);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (place.x + GAP + SIGN + 4,
                                                          place.y + (place.height - height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
hw_code_text_snapshot_layer (GtkTextView *view, GtkTextViewLayer layer, GtkSnapshot *snapshot)
{
  HwCodeText *self = HW_CODE_TEXT (view);

  GTK_TEXT_VIEW_CLASS (hw_code_text_parent_class)->snapshot_layer (view, layer, snapshot);
  if (layer == GTK_TEXT_VIEW_LAYER_ABOVE_TEXT && self->line > 0 && self->words != NULL)
    paint_remark (self, snapshot);
}

static void
hw_code_text_finalize (GObject *object)
{
  g_free (HW_CODE_TEXT (object)->words);
  G_OBJECT_CLASS (hw_code_text_parent_class)->finalize (object);
}

static void
hw_code_text_class_init (HwCodeTextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hw_code_text_finalize;
  GTK_TEXT_VIEW_CLASS (klass)->snapshot_layer = hw_code_text_snapshot_layer;
}

static void
hw_code_text_init (HwCodeText *self)
{
}

/* Says words behind the end of a line, from 1; 0: nothing. */
void
hw_code_text_set_remark (HwCodeText *self, guint line, const char *words)
{
  g_return_if_fail (HW_IS_CODE_TEXT (self));
  if (self->line == line && g_strcmp0 (self->words, words) == 0)
    return;
  self->line = line;
  g_free (self->words);
  self->words = g_strdup (words);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
