/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HwCodeView: see hw-code-view.h. */

#include "hw-code-view.h"

#include <adwaita.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

#include "hw-code-text.h"
#include "hw-line-arrows.h"
#include "hw-palette.h"

#define CATEGORY_NEXT "hw-next"
#define CATEGORY_BEFORE "hw-before"

struct _HwCodeView
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkSourceView *text;
  GtkSourceBuffer *buffer; /* the view's */
  HwLineArrows *arrows;    /* the gutter's */
  GtkTextTag *error_tag;   /* the buffer's */
  GtkTextMark *seen;       /* the buffer's: the line to keep in sight */
  const char *last_end;    /* of the program's last line, which is not shown: behind it would stand
                              the number of a line that is not there */
  guint next, before;
  gboolean is_filled; /* by hw_code_view_set_text (), so that nobody has edited it */
  guint show_source;  /* 0: none */
};

enum
{
  SIGNAL_LINE_CLICKED,
  SIGNAL_EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HwCodeView, hw_code_view, GTK_TYPE_WIDGET)

/* ---- colours ---- */

static void
set_line_colour (HwCodeView *self, const char *category, SceneColour colour, int priority)
{
  g_autoptr (GtkSourceMarkAttributes) attributes = gtk_source_mark_attributes_new ();
  GdkRGBA rgba;

  hw_palette_get_rgba (hw_palette_get_current (), colour, &rgba);
  gtk_source_mark_attributes_set_background (attributes, &rgba);
  gtk_source_view_set_mark_attributes (self->text, category, attributes, priority);
}

/* Our own, which is installed beside GtkSourceView's; where it was not found, Adwaita's. */
static GtkSourceStyleScheme *
get_scheme (void)
{
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean is_dark = adw_style_manager_get_dark (manager);
  const char *id = "heapwise-light";
  GtkSourceStyleScheme *scheme;

  if (is_dark)
    id = "heapwise-dark";
  else if (adw_style_manager_get_high_contrast (manager))
    id = "heapwise-contrast";
  scheme = gtk_source_style_scheme_manager_get_scheme (schemes, id);
  if (scheme != NULL)
    return scheme;
  return gtk_source_style_scheme_manager_get_scheme (schemes, is_dark ? "Adwaita-dark" : "Adwaita");
}

static void
style_changed_cb (HwCodeView *self)
{
  gtk_source_buffer_set_style_scheme (self->buffer, get_scheme ());
  set_line_colour (self, CATEGORY_BEFORE, SCENE_COLOUR_GREEN_SOFT, 0);
  set_line_colour (self, CATEGORY_NEXT, SCENE_COLOUR_RED_SOFT, 1);
}

/* ---- places ---- */

/* The text's place for a line and column from 1, as far as there is one. */
static void
get_iter (HwCodeView *self, guint line, guint column, GtkTextIter *iter)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  int n_signs;

  gtk_text_buffer_get_iter_at_line (buffer, iter, MAX ((int)line - 1, 0));
  n_signs = gtk_text_iter_get_chars_in_line (iter);
  gtk_text_iter_set_line_offset (iter, CLAMP ((int)column - 1, 0, MAX (n_signs - 1, 0)));
}

static void
mark_line (HwCodeView *self, guint line, const char *category)
{
  GtkTextIter begin, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &begin, &end);
  gtk_source_buffer_remove_source_marks (self->buffer, &begin, &end, category);
  if (line == 0 || (int)line > gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (self->buffer)))
    return;
  get_iter (self, line, 1, &begin);
  gtk_source_buffer_create_source_mark (self->buffer, NULL, category, &begin);
}

static gboolean
show_cb (gpointer data)
{
  HwCodeView *self = data;

  self->show_source = 0;
  if (self->next != 0 || self->before != 0)
    gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->text), self->seen, 0.08, FALSE, 0, 0);
  return G_SOURCE_REMOVE;
}

/* Brings the line into sight, a little later: where a note or question comes or goes with the same step, GTK 4.8 would else move the text
 * while sizes are being given out, and draw a scroll bar that has none yet. */
static void
show_soon (HwCodeView *self)
{
  if (self->show_source == 0)
    self->show_source = g_idle_add (show_cb, self);
}

static void
show_line (HwCodeView *self, guint line)
{
  GtkTextIter iter;

  if (line == 0)
    return;
  get_iter (self, line, 1, &iter);
  gtk_text_buffer_move_mark (GTK_TEXT_BUFFER (self->buffer), self->seen, &iter);
  show_soon (self);
}

static void
underline_diagnostic (HwCodeView *self, const TextDiagnostic *diagnostic, TextMap *map)
{
  TextPlace from = text_map_place (map, diagnostic->span.begin);
  TextPlace to = text_map_place (map, diagnostic->span.end);
  GtkTextIter begin, end;

  if (from.line == 0 || from.origin != TEXT_ORIGIN_USER)
    return;
  get_iter (self, from.line, from.column, &begin);
  if (to.line == 0)
    to = from;
  get_iter (self, to.line, to.column, &end);
  /* A place between two signs: the sign behind it is underlined, at the end of a line the one before. */
  if (gtk_text_iter_compare (&begin, &end) >= 0)
    {
      end = begin;
      if (gtk_text_iter_ends_line (&begin) || !gtk_text_iter_forward_char (&end))
        gtk_text_iter_backward_char (&begin);
    }
  gtk_text_buffer_apply_tag (GTK_TEXT_BUFFER (self->buffer), self->error_tag, &begin, &end);
}

static void
remove_underlines (HwCodeView *self)
{
  GtkTextIter begin, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &begin, &end);
  gtk_text_buffer_remove_tag (GTK_TEXT_BUFFER (self->buffer), self->error_tag, &begin, &end);
}

/* ---- widget ---- */

static void
hw_code_view_dispose (GObject *object)
{
  HwCodeView *self = HW_CODE_VIEW (object);

  g_clear_handle_id (&self->show_source, g_source_remove);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (hw_code_view_parent_class)->dispose (object);
}

static void
changed_cb (HwCodeView *self)
{
  if (!self->is_filled)
    g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
clicked_cb (HwCodeView *self, int n_press, double x, double y)
{
  GtkTextView *text = GTK_TEXT_VIEW (self->text);
  GtkTextIter at;
  int buffer_y;

  gtk_text_view_window_to_buffer_coords (text, GTK_TEXT_WINDOW_WIDGET, (int)x, (int)y, NULL,
                                         &buffer_y);
  gtk_text_view_get_line_at_y (text, &at, buffer_y, NULL);
  g_signal_emit (self, signals[SIGNAL_LINE_CLICKED], 0, (guint)gtk_text_iter_get_line (&at) + 1);
}

static void
hw_code_view_class_init (HwCodeViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_code_view_dispose;
  signals[SIGNAL_LINE_CLICKED] = g_signal_new ("line-clicked", HW_TYPE_CODE_VIEW, G_SIGNAL_RUN_LAST,
                                               0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_EDITED] = g_signal_new ("edited", HW_TYPE_CODE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (HW_TYPE_CODE_TEXT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/heapwise/Heapwise/hw-code-view.ui");
  gtk_widget_class_bind_template_child (widget_class, HwCodeView, scroller);
  gtk_widget_class_bind_template_child (widget_class, HwCodeView, text);
  gtk_widget_class_set_css_name (widget_class, "codeview");
}

static void
hw_code_view_init (HwCodeView *self)
{
  GtkSourceLanguageManager *languages = gtk_source_language_manager_get_default ();
  GtkSourceGutter *gutter;

  self->last_end = "";
  gtk_widget_init_template (GTK_WIDGET (self));
  self->buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)));
  gtk_source_buffer_set_language (self->buffer,
                                  gtk_source_language_manager_get_language (languages, "c"));
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_source_buffer_set_highlight_matching_brackets (self->buffer, FALSE);
  self->error_tag = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self->buffer), NULL, "underline",
                                                PANGO_UNDERLINE_ERROR, NULL);
  {
    GtkTextIter begin;

    gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self->buffer), &begin);
    self->seen = gtk_text_buffer_create_mark (GTK_TEXT_BUFFER (self->buffer), NULL, &begin, TRUE);
  }
  g_signal_connect_object (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)),
      "notify::page-size", G_CALLBACK (show_soon), self, G_CONNECT_SWAPPED);
  {
    GtkGesture *click = gtk_gesture_click_new ();

    g_signal_connect_object (click, "released", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
    gtk_widget_add_controller (GTK_WIDGET (self->text), GTK_EVENT_CONTROLLER (click));
  }
  gutter = gtk_source_view_get_gutter (self->text, GTK_TEXT_WINDOW_LEFT);
  self->arrows = HW_LINE_ARROWS (hw_line_arrows_new ());
  gtk_source_gutter_insert (gutter, GTK_SOURCE_GUTTER_RENDERER (self->arrows), 0);
  /* Code reads from left to right in every language. */
  gtk_widget_set_direction (GTK_WIDGET (self->scroller), GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (self->text), GTK_TEXT_DIR_LTR);
  style_changed_cb (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (style_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast",
                           G_CALLBACK (style_changed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
hw_code_view_new (void)
{
  return g_object_new (HW_TYPE_CODE_VIEW, NULL);
}

/* The end of the last line of a text. */
static const char *
get_last_end (const char *text)
{
  if (g_str_has_suffix (text, "\r\n"))
    return "\r\n";
  return g_str_has_suffix (text, "\n") ? "\n" : "";
}

/* Another program. What is the same already is left alone, with its undo. */
void
hw_code_view_set_text (HwCodeView *self, const char *text)
{
  g_autofree char *old = NULL;

  g_return_if_fail (HW_IS_CODE_VIEW (self));
  old = hw_code_view_dup_text (self);
  if (g_strcmp0 (old, text) == 0)
    return;
  self->last_end = get_last_end (text);
  self->is_filled = TRUE;
  gtk_text_buffer_begin_irreversible_action (GTK_TEXT_BUFFER (self->buffer));
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), text,
                            (int)(strlen (text) - strlen (self->last_end)));
  gtk_text_buffer_end_irreversible_action (GTK_TEXT_BUFFER (self->buffer));
  self->is_filled = FALSE;
  self->next = self->before = 0;
  hw_line_arrows_set_lines (self->arrows, 0, 0);
}

/* The program, with the end of its last line. (transfer full) */
char *
hw_code_view_dup_text (HwCodeView *self)
{
  GtkTextIter begin, end;
  g_autofree char *text = NULL;

  g_return_val_if_fail (HW_IS_CODE_VIEW (self), NULL);
  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &begin, &end);
  text = gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self->buffer), &begin, &end, TRUE);
  return g_strconcat (text, self->last_end, NULL);
}

/* The lines about to run and just run, from 1; 0: none. */
void
hw_code_view_set_lines (HwCodeView *self, guint next, guint before)
{
  g_return_if_fail (HW_IS_CODE_VIEW (self));
  if (self->next == next && self->before == before)
    return;
  self->next = next;
  self->before = before;
  mark_line (self, before, CATEGORY_BEFORE);
  mark_line (self, next, CATEGORY_NEXT);
  hw_line_arrows_set_lines (self->arrows, next, before);
  show_line (self, next != 0 ? next : before);
}

/* Words behind the end of a line: what went wrong there. 0: none. */
void
hw_code_view_set_remark (HwCodeView *self, guint line, const char *words)
{
  g_return_if_fail (HW_IS_CODE_VIEW (self));
  hw_code_text_set_remark (HW_CODE_TEXT (self->text), line, words);
}

void
hw_code_view_set_editable (HwCodeView *self, gboolean is_editable)
{
  g_return_if_fail (HW_IS_CODE_VIEW (self));
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->text), is_editable);
  gtk_source_view_set_highlight_current_line (self->text, FALSE);
}

/* Underlines the places of findings. (nullable) for both: none. */
void
hw_code_view_set_diagnostics (HwCodeView *self, GPtrArray *diagnostics, TextMap *map)
{
  g_return_if_fail (HW_IS_CODE_VIEW (self));
  remove_underlines (self);
  for (guint i = 0; map != NULL && diagnostics != NULL && i < diagnostics->len; i++)
    underline_diagnostic (self, diagnostics->pdata[i], map);
}

void
hw_code_view_go_to (HwCodeView *self, guint line, guint column)
{
  GtkTextIter iter;

  g_return_if_fail (HW_IS_CODE_VIEW (self));
  get_iter (self, line, column, &iter);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->buffer), &iter);
  gtk_text_view_scroll_to_iter (GTK_TEXT_VIEW (self->text), &iter, 0, TRUE, 0, 0.4);
  hw_code_view_focus (self);
}

void
hw_code_view_focus (HwCodeView *self)
{
  g_return_if_fail (HW_IS_CODE_VIEW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}
