/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HwTimeline: see hw-timeline.h. Signal "seek" (guint64 step): the learner wants to be at a step.
 *
 * Time runs from left to right in every language. */

#include "hw-timeline.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "hw-palette.h"

#define PADDING 14.0
#define LINE_Y 18.0
#define LINE_WIDTH 4.0
#define KNOB_RADIUS 9.0
#define MARK_HALF 10.0
#define WORD_GAP 8.0

struct _HwTimeline
{
  GtkWidget parent_instance;

  guint64 step, n_steps;
  guint64 horizon; /* marks behind this step are hidden; 0: none are */
  GArray *marks;   /* of HwMark, or NULL */
  double drag_x;
};

enum
{
  SIGNAL_SEEK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HwTimeline, hw_timeline, GTK_TYPE_WIDGET)

static gboolean
is_hidden (HwTimeline *self, const HwMark *mark)
{
  return self->horizon != 0 && mark->step > self->horizon;
}

static double
get_x (HwTimeline *self, guint64 step)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * PADDING;

  if (self->n_steps < 2)
    return PADDING;
  return PADDING + width * (double)(step - 1) / (double)(self->n_steps - 1);
}

static guint64
get_step (HwTimeline *self, double x)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * PADDING;
  double part = width > 0 ? CLAMP ((x - PADDING) / width, 0, 1) : 0;

  return 1 + (guint64)round (part * (double)(MAX (self->n_steps, 1) - 1));
}

static void
seek (HwTimeline *self, guint64 step)
{
  if (self->n_steps > 0)
    g_signal_emit (self, signals[SIGNAL_SEEK], 0, CLAMP (step, 1, self->n_steps));
}

static void
drag_begin_cb (HwTimeline *self, double x, double y)
{
  self->drag_x = x;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  seek (self, get_step (self, x));
}

static void
drag_update_cb (HwTimeline *self, double dx, double dy)
{
  seek (self, get_step (self, self->drag_x + dx));
}

static gboolean
key_pressed_cb (HwTimeline *self, guint key, guint code, GdkModifierType state)
{
  guint64 leap = MAX (self->n_steps / 10, 1);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_Down:
      seek (self, MAX (self->step, 2) - 1);
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_Up:
      seek (self, self->step + 1);
      return TRUE;
    case GDK_KEY_Page_Up:
      seek (self, self->step > leap ? self->step - leap : 1);
      return TRUE;
    case GDK_KEY_Page_Down:
      seek (self, self->step + leap);
      return TRUE;
    case GDK_KEY_Home:
      seek (self, 1);
      return TRUE;
    case GDK_KEY_End:
      seek (self, self->n_steps);
      return TRUE;
    default:
      return FALSE;
    }
}

/* ---- drawing ---- */

static SceneColour
get_mark_colour (HwMarkKind kind)
{
  switch (kind)
    {
    case HW_MARK_ALLOCATE:
      return SCENE_COLOUR_GREEN;
    case HW_MARK_FREE:
      return SCENE_COLOUR_EDGE;
    case HW_MARK_PRINT:
      return SCENE_COLOUR_ACCENT;
    case HW_MARK_FAULT:
      return SCENE_COLOUR_RED;
    }
  return SCENE_COLOUR_EDGE;
}

static SceneColour
get_word_colour (HwMarkKind kind)
{
  switch (kind)
    {
    case HW_MARK_ALLOCATE:
      return SCENE_COLOUR_GREEN_TEXT;
    case HW_MARK_FREE:
      return SCENE_COLOUR_TEXT2;
    case HW_MARK_PRINT:
      return SCENE_COLOUR_ACCENT_TEXT;
    case HW_MARK_FAULT:
      return SCENE_COLOUR_RED_TEXT;
    }
  return SCENE_COLOUR_TEXT2;
}

static const char *
get_mark_word (HwMarkKind kind)
{
  switch (kind)
    {
    case HW_MARK_ALLOCATE:
      return C_ ("timeline", "malloc");
    case HW_MARK_FREE:
      return C_ ("timeline", "free");
    case HW_MARK_PRINT:
      return C_ ("timeline", "print");
    case HW_MARK_FAULT:
      return C_ ("timeline", "error");
    }
  return "";
}

static void
paint_line (HwTimeline *self, cairo_t *cr, const ScenePalette *palette)
{
  double end = gtk_widget_get_width (GTK_WIDGET (self)) - PADDING;

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, LINE_WIDTH);
  scene_palette_set_source (palette, SCENE_COLOUR_EDGE, 0.6, cr);
  cairo_move_to (cr, PADDING, LINE_Y);
  cairo_line_to (cr, end, LINE_Y);
  cairo_stroke (cr);
  scene_palette_set_source (palette, SCENE_COLOUR_ACCENT, 1, cr);
  cairo_move_to (cr, PADDING, LINE_Y);
  cairo_line_to (cr, get_x (self, MAX (self->step, 1)), LINE_Y);
  cairo_stroke (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
}

/* One line for each pixel column and kind at most: a run may have a million marks. */
static void
paint_marks (HwTimeline *self, cairo_t *cr, const ScenePalette *palette)
{
  double last[HW_MARK_FAULT + 1] = { -2, -2, -2, -2 };

  cairo_set_line_width (cr, 3);
  for (guint i = 0; self->marks != NULL && i < self->marks->len; i++)
    {
      const HwMark *mark = &g_array_index (self->marks, HwMark, i);
      double x = floor (get_x (self, mark->step)) + 0.5;

      if (x - last[mark->kind] < 1.5 || is_hidden (self, mark))
        continue;
      last[mark->kind] = x;
      scene_palette_set_source (palette, get_mark_colour (mark->kind), 1, cr);
      cairo_move_to (cr, x, LINE_Y - MARK_HALF);
      cairo_line_to (cr, x, LINE_Y + MARK_HALF);
      cairo_stroke (cr);
    }
}

static void
paint_knob (HwTimeline *self, cairo_t *cr, const ScenePalette *palette)
{
  double x = get_x (self, MAX (self->step, 1));

  cairo_arc (cr, x, LINE_Y, KNOB_RADIUS, 0, 2 * G_PI);
  scene_palette_set_source (palette, SCENE_COLOUR_CARD, 1, cr);
  cairo_fill_preserve (cr);
  scene_palette_set_source (palette, SCENE_COLOUR_ACCENT, 1, cr);
  cairo_set_line_width (cr, 3);
  cairo_stroke (cr);
  if (!gtk_widget_has_visible_focus (GTK_WIDGET (self)))
    return;
  cairo_arc (cr, x, LINE_Y, KNOB_RADIUS + 4, 0, 2 * G_PI);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

/* The word of a mark, where there is room; an error's word goes first. */
static gboolean
paint_word (HwTimeline *self, GtkSnapshot *snapshot, const ScenePalette *palette,
            const HwMark *mark, GArray *taken)
{
  g_autoptr (PangoLayout) layout
      = gtk_widget_create_pango_layout (GTK_WIDGET (self), get_mark_word (mark->kind));
  double room = gtk_widget_get_width (GTK_WIDGET (self));
  double x;
  int width, height;
  GdkRGBA colour;

  pango_layout_get_pixel_size (layout, &width, &height);
  x = CLAMP (get_x (self, mark->step) - width / 2.0, 0, MAX (0, room - width));
  for (guint i = 0; i + 1 < taken->len; i += 2)
    if (x < g_array_index (taken, double, i + 1) + WORD_GAP
        && g_array_index (taken, double, i) < x + width + WORD_GAP)
      return FALSE;
  {
    double end = x + width;

    g_array_append_val (taken, x);
    g_array_append_val (taken, end);
  }
  hw_palette_get_rgba (palette, get_word_colour (mark->kind), &colour);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)x, LINE_Y + MARK_HALF + 1));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
  return TRUE;
}

static void
paint_words (HwTimeline *self, GtkSnapshot *snapshot, const ScenePalette *palette)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (double));
  guint n = self->marks != NULL ? self->marks->len : 0;
  guint n_refused = 0;

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n && n_refused < 100; i++)
      {
        const HwMark *mark = &g_array_index (self->marks, HwMark, i);

        if ((mark->kind == HW_MARK_FAULT) == (pass == 0) && !is_hidden (self, mark)
            && !paint_word (self, snapshot, palette, mark, taken))
          n_refused++;
      }
}

static void
hw_timeline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HwTimeline *self = HW_TIMELINE (widget);
  const ScenePalette *palette = hw_palette_get_current ();
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot,
      &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget)));

  paint_line (self, cr, palette);
  paint_marks (self, cr, palette);
  paint_knob (self, cr, palette);
  cairo_destroy (cr);
  paint_words (self, snapshot, palette);
}

static void
hw_timeline_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                     int *natural, int *minimum_baseline, int *natural_baseline)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "malloc");
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  *minimum
      = orientation == GTK_ORIENTATION_HORIZONTAL ? 120 : (int)(LINE_Y + MARK_HALF) + height + 2;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 600 : *minimum;
  if (minimum_baseline != NULL)
    *minimum_baseline = -1;
  if (natural_baseline != NULL)
    *natural_baseline = -1;
}

static void
hw_timeline_finalize (GObject *object)
{
  HwTimeline *self = HW_TIMELINE (object);

  g_clear_pointer (&self->marks, g_array_unref);
  G_OBJECT_CLASS (hw_timeline_parent_class)->finalize (object);
}

static void
hw_timeline_class_init (HwTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hw_timeline_finalize;
  widget_class->snapshot = hw_timeline_snapshot;
  widget_class->measure = hw_timeline_measure;

  signals[SIGNAL_SEEK] = g_signal_new ("seek", HW_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);

  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
hw_timeline_init (HwTimeline *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ ("Drag to any step of the run"));
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Timeline"), -1);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
hw_timeline_new (void)
{
  return g_object_new (HW_TYPE_TIMELINE, NULL);
}

/* Where the cursor is, from 1; 0 steps: there is no run. */
void
hw_timeline_set_position (HwTimeline *self, guint64 step, guint64 n_steps)
{
  g_return_if_fail (HW_IS_TIMELINE (self));
  if (self->step == step && self->n_steps == n_steps)
    return;
  self->step = step;
  self->n_steps = n_steps;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 1.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double)MAX (n_steps, 1),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double)MAX (step, 1), -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint64
hw_timeline_get_position (HwTimeline *self)
{
  g_return_val_if_fail (HW_IS_TIMELINE (self), 0);
  return self->step;
}

/* Marks by step, of HwMark. (nullable) */
void
hw_timeline_set_marks (HwTimeline *self, GArray *marks)
{
  g_return_if_fail (HW_IS_TIMELINE (self));
  if (marks != NULL)
    g_array_ref (marks);
  g_clear_pointer (&self->marks, g_array_unref);
  self->marks = marks;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* While a question is open, what comes behind its step would tell the answer. 0: nothing is hidden */
void
hw_timeline_set_horizon (HwTimeline *self, guint64 step)
{
  g_return_if_fail (HW_IS_TIMELINE (self));
  if (self->horizon == step)
    return;
  self->horizon = step;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
