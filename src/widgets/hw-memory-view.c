/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HwMemoryView: see hw-memory-view.h.
 *
 * Nothing is laid out here: the scene arrives ready from the session. Each of its boxes has a child widget at its place, for
 * screen readers and the keyboard; one of them at a time takes part in the tab order. */

#include "hw-memory-view.h"

#include <adwaita.h>
#include <math.h>

#include "hw-memory-box.h"
#include "hw-palette.h"

#define MOST_BOXES 300
/* A picture that is too large is made smaller by so much, not more: words must stay readable. */
#define LEAST_FIT_WIDTH 0.8
#define LEAST_FIT_HEIGHT 0.9
#define BAR_WIDTH 5.0
#define LEAST_ZOOM 0.25
#define MOST_ZOOM 4.0
#define OLD_OPACITY 0.45

struct _HwMemoryView
{
  GtkWidget parent_instance;

  Scene *scene; /* owned, may be NULL */
  SceneFonts *fonts;
  GPtrArray *boxes; /* of HwMemoryBox: children; the first n_boxes stand for boxes of the scene */
  guint n_boxes;
  char *cursor; /* id of the box that has the keyboard's cursor */
  gboolean is_old;
  double zoom;         /* 0: as large as fits */
  double pan_x, pan_y; /* pixels of the view that are scrolled away */
  double drag_x, drag_y;
  int canvas_width, canvas_height;
};

enum
{
  SIGNAL_CANVAS_CHANGED,
  SIGNAL_BOX_CHOSEN,
  SIGNAL_BOX_MENU,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HwMemoryView, hw_memory_view, GTK_TYPE_WIDGET)

/* ---- where things are ---- */

static double
get_zoom (HwMemoryView *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->zoom > 0)
    return self->zoom;
  if (self->scene == NULL || self->scene->width <= 0 || self->scene->height <= 0)
    return 1;
  return MIN (CLAMP (width / self->scene->width, LEAST_FIT_WIDTH, 1),
              CLAMP (height / self->scene->height, LEAST_FIT_HEIGHT, 1));
}

static void
limit_pan (HwMemoryView *self)
{
  double zoom = get_zoom (self);
  double width = self->scene != NULL ? self->scene->width * zoom : 0;
  double height = self->scene != NULL ? self->scene->height * zoom : 0;

  self->pan_x = CLAMP (self->pan_x, 0, MAX (0, width - gtk_widget_get_width (GTK_WIDGET (self))));
  self->pan_y = CLAMP (self->pan_y, 0, MAX (0, height - gtk_widget_get_height (GTK_WIDGET (self))));
}

static void
place_box (HwMemoryView *self, HwMemoryBox *child)
{
  const SceneBox *box = &scene_get_item (self->scene, hw_memory_box_get_item (child))->box;
  double zoom = get_zoom (self);
  GtkAllocation place = { (int)floor (box->x * zoom - self->pan_x) - 2,
                          (int)floor (box->y * zoom - self->pan_y) - 2,
                          (int)ceil (box->width * zoom) + 4, (int)ceil (box->height * zoom) + 4 };

  gtk_widget_size_allocate (GTK_WIDGET (child), &place, -1);
}

static void
move_pan (HwMemoryView *self, double x, double y)
{
  self->pan_x = x;
  self->pan_y = y;
  limit_pan (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- the boxes ---- */

static HwMemoryBox *
get_box (HwMemoryView *self, guint index)
{
  if (index == self->boxes->len)
    {
      GtkWidget *child = hw_memory_box_new ();

      gtk_widget_set_parent (child, GTK_WIDGET (self));
      g_ptr_array_add (self->boxes, child);
    }
  return self->boxes->pdata[index];
}

/* Gives every box with an id its widget; widgets are used again from scene to scene. */
static void
name_boxes (HwMemoryView *self)
{
  self->n_boxes = 0;
  for (guint i = 0; self->scene != NULL && i < self->scene->items->len; i++)
    {
      const SceneItem *item = scene_get_item (self->scene, i);
      g_autofree char *words = NULL;

      if (item->kind != SCENE_ITEM_BOX || item->box.id == NULL || self->n_boxes >= MOST_BOXES)
        continue;
      words = scene_describe (self->scene, i);
      if (words == NULL)
        continue;
      hw_memory_box_set (get_box (self, self->n_boxes), i, words);
      self->n_boxes++;
    }
  for (guint i = 0; i < self->boxes->len; i++)
    gtk_widget_set_child_visible (self->boxes->pdata[i], i < self->n_boxes);
}

static const SceneBox *
get_scene_box (HwMemoryView *self, guint index)
{
  return &scene_get_item (self->scene, hw_memory_box_get_item (self->boxes->pdata[index]))->box;
}

static guint
find_cursor (HwMemoryView *self)
{
  for (guint i = 0; i < self->n_boxes; i++)
    if (g_strcmp0 (get_scene_box (self, i)->id, self->cursor) == 0)
      return i;
  return 0;
}

/* Scrolls just so far that a box is in sight. */
static void
show_box (HwMemoryView *self, const SceneBox *box)
{
  double zoom = get_zoom (self);
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double x = self->pan_x, y = self->pan_y;

  x = MIN (MAX (x, (box->x + box->width) * zoom + 8 - width), box->x * zoom - 8);
  y = MIN (MAX (y, (box->y + box->height) * zoom + 8 - height), box->y * zoom - 8);
  move_pan (self, x, y);
}

static gboolean
is_in_sight (HwMemoryView *self, const SceneBox *box)
{
  double zoom = get_zoom (self);
  double left = box->x * zoom - self->pan_x, top = box->y * zoom - self->pan_y;

  return left >= 0 && top >= 0
         && left + MIN (box->width, 80) * zoom <= gtk_widget_get_width (GTK_WIDGET (self))
         && top + MIN (box->height, 80) * zoom <= gtk_widget_get_height (GTK_WIDGET (self));
}

/* What this step is about comes into sight: where the fault is, else what changed, else the newest call. */
static void
follow (HwMemoryView *self)
{
  const SceneBox *about = NULL;
  int best = 0;

  for (guint i = 0; i < self->n_boxes; i++)
    {
      const SceneBox *box = get_scene_box (self, i);
      int weight = (box->flags & SCENE_FAULTY) != 0                                  ? 3
                   : (box->flags & SCENE_CHANGED) != 0                               ? 2
                   : box->role == SCENE_BOX_FRAME && (box->flags & SCENE_FREED) == 0 ? 1
                                                                                     : 0;

      if (weight > best || (weight == 1 && best == 1))
        {
          about = box;
          best = weight;
        }
    }
  if (about != NULL && gtk_widget_get_width (GTK_WIDGET (self)) > 0 && !is_in_sight (self, about))
    show_box (self, about);
}

static gboolean
focus_box (HwMemoryView *self, guint index)
{
  if (index >= self->n_boxes)
    return FALSE;
  g_free (self->cursor);
  self->cursor = g_strdup (get_scene_box (self, index)->id);
  show_box (self, get_scene_box (self, index));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return gtk_widget_grab_focus (self->boxes->pdata[index]);
}

/* How far a box lies in a direction; what lies beside counts double. Less than 0: not there. */
static double
measure_way (const SceneBox *from, const SceneBox *to, GtkDirectionType direction)
{
  double dx = (to->x + MIN (to->width, 40) / 2) - (from->x + MIN (from->width, 40) / 2);
  double dy = (to->y + to->height / 2) - (from->y + from->height / 2);

  switch ((int)direction)
    {
    case GTK_DIR_LEFT:
      return dx < -1 ? -dx + 2 * fabs (dy) : -1;
    case GTK_DIR_RIGHT:
      return dx > 1 ? dx + 2 * fabs (dy) : -1;
    case GTK_DIR_UP:
      return dy < -1 ? -dy + 2 * fabs (dx) : -1;
    default:
      return dy > 1 ? dy + 2 * fabs (dx) : -1;
    }
}

static gboolean
move_cursor (HwMemoryView *self, GtkDirectionType direction)
{
  guint from = find_cursor (self), best = from;
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < self->n_boxes; i++)
    {
      double way = measure_way (get_scene_box (self, from), get_scene_box (self, i), direction);

      if (way >= 0 && way < least)
        {
          least = way;
          best = i;
        }
    }
  return focus_box (self, best);
}

/* Asks for the menu of the box that has the cursor, beside it or at a place that was clicked. */
static gboolean
ask_for_menu (HwMemoryView *self, const GdkRectangle *at)
{
  double zoom = get_zoom (self);
  const SceneBox *box;
  GdkRectangle place;

  if (self->n_boxes == 0 || self->cursor == NULL)
    return FALSE;
  box = get_scene_box (self, find_cursor (self));
  place = (GdkRectangle){ (int)(box->x * zoom - self->pan_x), (int)(box->y * zoom - self->pan_y),
                          (int)(box->width * zoom), (int)(box->height * zoom) };
  g_signal_emit (self, signals[SIGNAL_BOX_MENU], 0, self->cursor, at != NULL ? at : &place);
  return TRUE;
}

static gboolean
key_pressed_cb (HwMemoryView *self, guint key, guint code, GdkModifierType state)
{
  if (key == GDK_KEY_Menu || (key == GDK_KEY_F10 && (state & GDK_SHIFT_MASK) != 0))
    return ask_for_menu (self, NULL);
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0 || self->n_boxes == 0)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Left:
      return move_cursor (self, GTK_DIR_LEFT);
    case GDK_KEY_Right:
      return move_cursor (self, GTK_DIR_RIGHT);
    case GDK_KEY_Up:
      return move_cursor (self, GTK_DIR_UP);
    case GDK_KEY_Down:
      return move_cursor (self, GTK_DIR_DOWN);
    default:
      return FALSE;
    }
}

/* ---- the pointer ---- */

static guint32
hit (HwMemoryView *self, double x, double y)
{
  double zoom = get_zoom (self);

  if (self->scene == NULL)
    return SCENE_NO_ITEM;
  return scene_hit_test (self->scene, (x + self->pan_x) / zoom, (y + self->pan_y) / zoom);
}

static gboolean
query_tooltip_cb (HwMemoryView *self, int x, int y, gboolean is_keyboard, GtkTooltip *tooltip)
{
  guint32 item = is_keyboard ? SCENE_NO_ITEM : hit (self, x, y);
  const SceneBox *box;
  g_autofree char *words = NULL;
  double zoom = get_zoom (self);

  if (item == SCENE_NO_ITEM)
    return FALSE;
  words = scene_describe (self->scene, item);
  if (words == NULL)
    return FALSE;
  box = &scene_get_item (self->scene, item)->box;
  gtk_tooltip_set_text (tooltip, words);
  gtk_tooltip_set_tip_area (tooltip,
                            &(GdkRectangle){ (int)(box->x * zoom - self->pan_x),
                                             (int)(box->y * zoom - self->pan_y),
                                             (int)(box->width * zoom), (int)(box->height * zoom) });
  return TRUE;
}

static void
pressed_cb (HwMemoryView *self, int n_press, double x, double y)
{
  guint32 item = hit (self, x, y);

  for (guint i = 0; i < self->n_boxes; i++)
    if (hw_memory_box_get_item (self->boxes->pdata[i]) == item)
      {
        focus_box (self, i);
        if (self->cursor != NULL)
          g_signal_emit (self, signals[SIGNAL_BOX_CHOSEN], 0, self->cursor);
      }
}

static void
menu_pressed_cb (HwMemoryView *self, int n_press, double x, double y)
{
  GdkRectangle at = { (int)x, (int)y, 1, 1 };
  guint32 item = hit (self, x, y);

  for (guint i = 0; i < self->n_boxes; i++)
    if (hw_memory_box_get_item (self->boxes->pdata[i]) == item)
      {
        focus_box (self, i);
        ask_for_menu (self, &at);
        return;
      }
}

static gboolean
scroll_cb (HwMemoryView *self, double dx, double dy, GtkEventControllerScroll *controller)
{
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if ((state & GDK_CONTROL_MASK) != 0)
    hw_memory_view_zoom (self, dy < 0 ? 1.1 : 1 / 1.1);
  else if ((state & GDK_SHIFT_MASK) != 0)
    move_pan (self, self->pan_x + dy * 48, self->pan_y);
  else
    move_pan (self, self->pan_x + dx * 48, self->pan_y + dy * 48);
  return TRUE;
}

static void
drag_begin_cb (HwMemoryView *self, double x, double y)
{
  self->drag_x = self->pan_x;
  self->drag_y = self->pan_y;
}

static void
drag_update_cb (HwMemoryView *self, double dx, double dy)
{
  move_pan (self, self->drag_x - dx, self->drag_y - dy);
}

/* ---- widget ---- */

static void
paint_cursor (HwMemoryView *self, cairo_t *cr, const ScenePalette *palette)
{
  const SceneBox *box;

  if (self->n_boxes == 0 || self->cursor == NULL
      || gtk_widget_get_focus_child (GTK_WIDGET (self)) == NULL)
    return;
  box = get_scene_box (self, find_cursor (self));
  scene_palette_set_source (palette, SCENE_COLOUR_ACCENT, 1, cr);
  cairo_set_line_width (cr, 2);
  cairo_rectangle (cr, floor (box->x) - 2, floor (box->y) - 2, floor (box->width) + 4,
                   floor (box->height) + 4);
  cairo_stroke (cr);
}

/* A bar at the edge shows how much of the picture lies beyond it, and where. */
static void
paint_bar (cairo_t *cr, const ScenePalette *palette, double seen, double whole, double pan,
           double across, gboolean is_upright)
{
  double length = seen * seen / whole, begin = pan * seen / whole;

  if (whole <= seen + 1)
    return;
  scene_palette_set_source (palette, SCENE_COLOUR_EDGE, 0.7, cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, BAR_WIDTH);
  if (is_upright)
    {
      cairo_move_to (cr, across - BAR_WIDTH, begin + BAR_WIDTH);
      cairo_line_to (cr, across - BAR_WIDTH, begin + length - BAR_WIDTH);
    }
  else
    {
      cairo_move_to (cr, begin + BAR_WIDTH, across - BAR_WIDTH);
      cairo_line_to (cr, begin + length - BAR_WIDTH, across - BAR_WIDTH);
    }
  cairo_stroke (cr);
}

static void
paint_bars (HwMemoryView *self, cairo_t *cr, const ScenePalette *palette)
{
  double zoom = get_zoom (self);
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  paint_bar (cr, palette, height, self->scene->height * zoom, self->pan_y, width, TRUE);
  paint_bar (cr, palette, width, self->scene->width * zoom, self->pan_x, height, FALSE);
}

static void
hw_memory_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HwMemoryView *self = HW_MEMORY_VIEW (widget);
  const ScenePalette *palette = hw_palette_get_current ();
  double zoom = get_zoom (self);
  graphene_rect_t bounds
      = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  GdkRGBA canvas;
  cairo_t *cr;

  hw_palette_get_rgba (palette, SCENE_COLOUR_CANVAS, &canvas);
  gtk_snapshot_append_color (snapshot, &canvas, &bounds);
  if (self->scene == NULL)
    return;
  if (self->is_old)
    gtk_snapshot_push_opacity (snapshot, OLD_OPACITY);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_save (cr);
  cairo_translate (cr, -floor (self->pan_x), -floor (self->pan_y));
  cairo_scale (cr, zoom, zoom);
  scene_paint (self->scene, cr, palette, self->fonts);
  paint_cursor (self, cr, palette);
  cairo_restore (cr);
  paint_bars (self, cr, palette);
  cairo_destroy (cr);
  if (self->is_old)
    gtk_snapshot_pop (snapshot);
}

static void
hw_memory_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : 160;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 840 : 480;
  if (minimum_baseline != NULL)
    *minimum_baseline = -1;
  if (natural_baseline != NULL)
    *natural_baseline = -1;
}

static void
hw_memory_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HwMemoryView *self = HW_MEMORY_VIEW (widget);

  limit_pan (self);
  for (guint i = 0; i < self->n_boxes; i++)
    place_box (self, self->boxes->pdata[i]);
  if (width == self->canvas_width && height == self->canvas_height)
    return;
  self->canvas_width = width;
  self->canvas_height = height;
  g_signal_emit (self, signals[SIGNAL_CANVAS_CHANGED], 0);
}

/* Tab comes in and goes out; the arrow keys move inside. */
static gboolean
hw_memory_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  HwMemoryView *self = HW_MEMORY_VIEW (widget);

  if (gtk_widget_get_focus_child (widget) != NULL || self->n_boxes == 0)
    return FALSE;
  return focus_box (self, find_cursor (self));
}

static gboolean
hw_memory_view_grab_focus (GtkWidget *widget)
{
  HwMemoryView *self = HW_MEMORY_VIEW (widget);

  return focus_box (self, find_cursor (self));
}

static void
hw_memory_view_dispose (GObject *object)
{
  HwMemoryView *self = HW_MEMORY_VIEW (object);

  self->n_boxes = 0;
  while (self->boxes != NULL && self->boxes->len > 0)
    gtk_widget_unparent (g_ptr_array_steal_index (self->boxes, self->boxes->len - 1));
  g_clear_pointer (&self->scene, scene_unref);
  G_OBJECT_CLASS (hw_memory_view_parent_class)->dispose (object);
}

static void
hw_memory_view_finalize (GObject *object)
{
  HwMemoryView *self = HW_MEMORY_VIEW (object);

  g_ptr_array_unref (self->boxes);
  scene_fonts_free (self->fonts);
  g_free (self->cursor);
  G_OBJECT_CLASS (hw_memory_view_parent_class)->finalize (object);
}

static void
hw_memory_view_class_init (HwMemoryViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hw_memory_view_dispose;
  object_class->finalize = hw_memory_view_finalize;
  widget_class->snapshot = hw_memory_view_snapshot;
  widget_class->measure = hw_memory_view_measure;
  widget_class->size_allocate = hw_memory_view_size_allocate;
  widget_class->focus = hw_memory_view_focus;
  widget_class->grab_focus = hw_memory_view_grab_focus;

  /* The picture has another size: ask hw_memory_view_get_text_scale() and the widget's width and height. */
  signals[SIGNAL_CANVAS_CHANGED]
      = g_signal_new ("canvas-changed", HW_TYPE_MEMORY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 0);
  signals[SIGNAL_BOX_CHOSEN] = g_signal_new ("box-chosen", HW_TYPE_MEMORY_VIEW, G_SIGNAL_RUN_LAST,
                                             0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_BOX_MENU]
      = g_signal_new ("box-menu", HW_TYPE_MEMORY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_STRING, GDK_TYPE_RECTANGLE);

  gtk_widget_class_set_css_name (widget_class, "memoryview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
add_controllers (HwMemoryView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *scroll
      = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu_click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu_click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (menu_click, "pressed", G_CALLBACK (menu_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (menu_click));
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

static void
hw_memory_view_init (HwMemoryView *self)
{
  self->boxes = g_ptr_array_new ();
  self->fonts = scene_fonts_new ();
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  add_controllers (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
hw_memory_view_new (void)
{
  return g_object_new (HW_TYPE_MEMORY_VIEW, NULL);
}

/* Shows another scene; NULL shows nothing. The place that is looked at stays. */
void
hw_memory_view_set_scene (HwMemoryView *self, Scene *scene)
{
  gboolean has_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  g_return_if_fail (HW_IS_MEMORY_VIEW (self));
  if (self->scene == scene)
    return;
  g_clear_pointer (&self->scene, scene_unref);
  self->scene = scene != NULL ? scene_ref (scene) : NULL;
  name_boxes (self);
  limit_pan (self);
  follow (self);
  if (has_focus && self->n_boxes > 0)
    gtk_widget_grab_focus (self->boxes->pdata[find_cursor (self)]);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* (transfer none) (nullable) */
Scene *
hw_memory_view_get_scene (HwMemoryView *self)
{
  g_return_val_if_fail (HW_IS_MEMORY_VIEW (self), NULL);
  return self->scene;
}

/* An old picture is paler: the program that it shows is not the one in the editor. */
void
hw_memory_view_set_old (HwMemoryView *self, gboolean is_old)
{
  g_return_if_fail (HW_IS_MEMORY_VIEW (self));
  if (self->is_old == is_old)
    return;
  self->is_old = is_old;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
hw_memory_view_zoom (HwMemoryView *self, double factor)
{
  double old = get_zoom (self);

  g_return_if_fail (HW_IS_MEMORY_VIEW (self));
  self->zoom = CLAMP (old * factor, LEAST_ZOOM, MOST_ZOOM);
  move_pan (self, self->pan_x * self->zoom / old, self->pan_y * self->zoom / old);
}

void
hw_memory_view_zoom_fit (HwMemoryView *self)
{
  g_return_if_fail (HW_IS_MEMORY_VIEW (self));
  self->zoom = 0;
  move_pan (self, 0, 0);
}

/* How large the desktop wants text: 1 is 100 %. */
double
hw_memory_view_get_text_scale (HwMemoryView *self)
{
  int dpi = -1;

  g_return_val_if_fail (HW_IS_MEMORY_VIEW (self), 1);
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? dpi / 1024.0 / 96.0 : 1;
}
