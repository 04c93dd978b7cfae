/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HwWindow: shows what its session has ready, and asks it to move. Nothing is computed here. */

#include "hw-window-private.h"

#include "hw-box-menu.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>

#include "hw-code-text.h"
#include "hw-commands.h"
#include "hw-words.h"

#define PROGRAM_PART 0.383 /* of the window's width, at first */
#define PULSE_MS 100

G_DEFINE_FINAL_TYPE (HwWindow, hw_window, ADW_TYPE_APPLICATION_WINDOW)

/* ---- showing ---- */

static void
set_label (GtkLabel *label, const char *sentence)
{
  g_autofree char *markup = hw_words_to_markup (sentence);
  g_autofree char *plain = hw_words_to_plain (sentence);

  gtk_label_set_markup (label, markup);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, plain, -1);
}

/* The fault in a few words, for the end of its line: what the caret's label says, else the whole sentence. */
static char *
word_fault (const TextDiagnostic *fault)
{
  g_autofree char *words = text_message_word (fault->here != NULL ? fault->here : fault->message);

  return hw_words_to_plain (words);
}

static void
show_fault (HwWindow *self, HwMoment *moment)
{
  g_autofree char *words = NULL;

  if (moment == NULL || moment->fault == NULL)
    {
      hw_code_view_set_remark (self->code, 0, NULL);
      return;
    }
  words = word_fault (moment->fault);
  hw_code_view_set_remark (self->code, moment->line, words);
}

static void
show_problems (HwWindow *self)
{
  HwMoment *moment = hw_session_get_moment (self->session);
  HwSessionStatus status = hw_session_get_status (self->session);
  gboolean is_rejected = status == HW_SESSION_REJECTED || status == HW_SESSION_UNSUPPORTED;
  GPtrArray *diagnostics = hw_session_get_diagnostics (self->session);
  TextMap *map = hw_session_get_text_map (self->session);
  guint n = hw_problems_set (self->problems, diagnostics,
                             moment != NULL && !is_rejected ? moment->fault : NULL, map);
  g_autofree char *title
      = n > 0 ? g_strdup_printf (_ ("Problems %u"), n) : g_strdup (_ ("Problems"));

  gtk_stack_page_set_title (self->problems_page, title);
  hw_code_view_set_diagnostics (self->code, diagnostics, map);
  if (is_rejected && n > 0)
    gtk_stack_set_visible_child_name (self->drawer, "problems");
}

static void
moment_changed_cb (HwWindow *self)
{
  HwMoment *moment = hw_session_get_moment (self->session);
  FactsLedger empty = { 0 };

  hw_transport_set_moment (self->transport, moment);
  hw_memory_view_set_scene (self->picture, moment != NULL ? moment->scene : NULL);
  hw_code_view_set_lines (self->code, moment != NULL ? moment->line : 0,
                          moment != NULL ? moment->line_before : 0);
  hw_ledger_set (self->ledger, moment != NULL ? &moment->facts->ledger : &empty);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->output),
                            moment != NULL && moment->output != NULL ? moment->output : "", -1);
  if (moment != NULL && moment->narration != NULL)
    set_label (self->narration, moment->narration);
  show_fault (self, moment);
  show_problems (self);
  _hw_window_update_actions (self);
}

static gboolean
pulse_cb (gpointer data)
{
  HwWindow *self = data;

  gtk_progress_bar_pulse (self->progress);
  return G_SOURCE_CONTINUE;
}

static void
show_progress (HwWindow *self, gboolean is_running)
{
  gtk_widget_set_visible (GTK_WIDGET (self->progress), is_running);
  if (is_running && self->pulse == 0)
    self->pulse = g_timeout_add (PULSE_MS, pulse_cb, self);
  if (!is_running)
    g_clear_handle_id (&self->pulse, g_source_remove);
}

static void
status_changed_cb (HwWindow *self)
{
  HwSessionStatus status = hw_session_get_status (self->session);
  gboolean is_rejected = status == HW_SESSION_REJECTED || status == HW_SESSION_UNSUPPORTED;
  gboolean has_picture = hw_session_get_moment (self->session) != NULL;

  show_progress (self, status == HW_SESSION_RUNNING);
  if (status == HW_SESSION_RUNNING)
    set_label (self->narration, _ ("The program runs…"));
  else if (status == HW_SESSION_REJECTED)
    set_label (self->narration, _ ("The program does not compile. Problems says why."));
  else if (status == HW_SESSION_UNSUPPORTED)
    set_label (self->narration, _ ("The program uses something that Heapwise does not know yet."));
  gtk_widget_set_visible (self->old, is_rejected && has_picture);
  hw_memory_view_set_old (self->picture, is_rejected && has_picture);
  show_problems (self);
  _hw_window_update_actions (self);
}

static void
steps_changed_cb (HwWindow *self)
{
  g_autofree char *words = NULL;
  guint64 n = hw_session_get_steps_so_far (self->session);

  if (hw_session_get_status (self->session) != HW_SESSION_RUNNING || n == 0)
    return;
  words = g_strdup_printf (ngettext ("The program runs: %" PRIu64 " step so far.",
                                     "The program runs: %" PRIu64 " steps so far.", n),
                           n);
  set_label (self->narration, words);
}

static void
source_changed_cb (HwWindow *self)
{
  const char *source = hw_session_get_source (self->session);

  if (source != NULL)
    hw_code_view_set_text (self->code, source);
  _hw_window_update_actions (self);
}

/* Of the page that is shown. */
static void
title_changed_cb (HwWindow *self)
{
  gboolean is_lesson = gtk_stack_get_visible_child (self->pages) == self->lesson;
  const char *title = is_lesson ? hw_session_get_title (self->session) : _ ("Lessons");

  adw_window_title_set_title (self->title, title != NULL ? title : "Heapwise");
  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : "Heapwise");
}

static void
page_changed_cb (HwWindow *self)
{
  title_changed_cb (self);
  _hw_window_update_actions (self);
}

static void
marks_changed_cb (HwWindow *self)
{
  hw_transport_set_marks (self->transport, hw_session_get_marks (self->session));
}

static void
note_changed_cb (HwWindow *self)
{
  hw_note_card_set_text (self->note, hw_session_get_note (self->session));
}

static void
question_changed_cb (HwWindow *self)
{
  HwMoment *moment = hw_session_get_moment (self->session);

  hw_question_card_set_question (self->question, hw_session_get_question (self->session),
                                 moment != NULL ? moment->facts : NULL);
  hw_transport_set_horizon (self->transport, hw_session_get_horizon (self->session));
  _hw_window_update_actions (self);
}

static void
runs_changed_cb (HwWindow *self)
{
  hw_run_switch_set_runs (self->runs, hw_session_get_runs (self->session));
  hw_run_switch_set_chosen (self->runs, hw_session_get_run (self->session));
  _hw_window_update_actions (self);
}

static void
run_changed_cb (HwWindow *self)
{
  hw_run_switch_set_chosen (self->runs, hw_session_get_run (self->session));
}

/* ---- asking ---- */

static void
run_chosen_cb (HwWindow *self, guint index)
{
  _hw_window_choose_run (self, index);
}

static void
answered_cb (HwWindow *self, const char *const *answer)
{
  hw_session_answer (self->session, answer);
}

static void
hint_cb (HwWindow *self)
{
  hw_session_show_hint (self->session);
}

static void
skip_cb (HwWindow *self)
{
  hw_session_skip_question (self->session);
}

static void
show_answer_cb (HwWindow *self)
{
  hw_session_show_answer (self->session);
}

/* A line or a box that is clicked may be the answer to a question. */
static void
line_clicked_cb (HwWindow *self, guint line)
{
  hw_question_card_take_line (self->question, line);
}

/* Nothing that is typed is lost. */
static void
edited_cb (HwWindow *self)
{
  g_autofree char *text = hw_code_view_dup_text (self->code);

  hw_session_edit (self->session, text);
}

static void
box_chosen_cb (HwWindow *self, const char *id)
{
  hw_question_card_take_box (self->question, id);
}

static void
lesson_chosen_cb (HwWindow *self, const char *path)
{
  hw_window_open (self, path);
}

static gboolean
remove_menu_cb (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* What was chosen is done after it has closed. */
static void
menu_closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, remove_menu_cb, g_object_ref (popover), g_object_unref);
}

static void
box_menu_cb (HwWindow *self, const char *id, GdkRectangle *at)
{
  GtkWidget *menu = hw_box_menu_new (self->session, id);
  double x, y;

  if (menu == NULL)
    return;
  gtk_widget_translate_coordinates (GTK_WIDGET (self->picture), self->content, at->x, at->y, &x,
                                    &y);
  gtk_widget_set_parent (menu, self->content);
  gtk_popover_set_pointing_to (GTK_POPOVER (menu),
                               &(GdkRectangle){ (int)x, (int)y, at->width, at->height });
  g_signal_connect (menu, "closed", G_CALLBACK (menu_closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (menu));
}

static void
seek_cb (HwWindow *self, guint64 step)
{
  hw_session_go_to (self->session, step);
}

static void
go_to_place_cb (HwWindow *self, guint line, guint column)
{
  hw_code_view_go_to (self->code, line, column);
}

static void
canvas_changed_cb (HwWindow *self)
{
  GtkWidget *picture = GTK_WIDGET (self->picture);

  hw_session_set_canvas (self->session, gtk_widget_get_width (picture),
                         gtk_widget_get_height (picture),
                         hw_memory_view_get_text_scale (self->picture));
}

static void
divide_panes (HwWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  gtk_paned_set_position (self->panes, (int)(width * PROGRAM_PART));
}

/* ---- widget ---- */

static void
hw_window_dispose (GObject *object)
{
  HwWindow *self = HW_WINDOW (object);

  g_clear_handle_id (&self->pulse, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_object (&self->store);
  g_clear_pointer (&self->folder, g_free);
  G_OBJECT_CLASS (hw_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, HwWindow, title);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, library);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, lesson);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, content);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, panes);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, runs);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, code);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, question);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, note);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, narration);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, old);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, picture);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, drawer);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, ledger);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, output);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, problems_page);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, problems);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, transport);
}

static void
hw_window_class_init (HwWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/heapwise/Heapwise/hw-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, run_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, answered_cb);
  gtk_widget_class_bind_template_callback (widget_class, hint_cb);
  gtk_widget_class_bind_template_callback (widget_class, skip_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_answer_cb);
  gtk_widget_class_bind_template_callback (widget_class, lesson_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, seek_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_to_place_cb);
  _hw_window_class_install_actions (widget_class);
}

static void
watch_session (HwWindow *self)
{
  static const struct
  {
    const char *signal;
    void (*changed_cb) (HwWindow *self);
  } watches[] = {
    { "notify::source", source_changed_cb },     { "notify::moment", moment_changed_cb },
    { "notify::status", status_changed_cb },     { "notify::steps-so-far", steps_changed_cb },
    { "notify::title", title_changed_cb },       { "notify::marks", marks_changed_cb },
    { "notify::note", note_changed_cb },         { "notify::diagnostics", show_problems },
    { "notify::runs", runs_changed_cb },         { "notify::run", run_changed_cb },
    { "notify::question", question_changed_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (watches); i++)
    g_signal_connect_object (self->session, watches[i].signal, G_CALLBACK (watches[i].changed_cb),
                             self, G_CONNECT_SWAPPED);
}

static void
hw_window_init (HwWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->session = hw_session_new ();
  watch_session (self);
  gtk_widget_add_controller (self->content, hw_commands_new_bare_keys ());
  g_signal_connect_object (self->picture, "canvas-changed", G_CALLBACK (canvas_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->picture, "box-menu", G_CALLBACK (box_menu_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->picture, "box-chosen", G_CALLBACK (box_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->code, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->code, "line-clicked", G_CALLBACK (line_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_stack_set_visible_child (self->pages, self->lesson);
  g_signal_connect_object (self->pages, "notify::visible-child", G_CALLBACK (page_changed_cb), self,
                           G_CONNECT_SWAPPED);
  divide_panes (self);
  _hw_window_restore_state (self);
  set_label (self->narration, _ ("Open a lesson or a program."));
  moment_changed_cb (self);
  hw_transport_focus (self->transport);
}

GtkWidget *
hw_window_new (GtkApplication *application)
{
  return g_object_new (HW_TYPE_WINDOW, "application", application, NULL);
}

static void
trouble_cb (HwWindow *self, const char *sentence)
{
  if (sentence != NULL)
    _hw_window_show_error (self, sentence);
}

/* Where the learner's work is kept; before anything is opened. */
void
hw_window_set_store (HwWindow *self, LessonStore *store)
{
  g_return_if_fail (HW_IS_WINDOW (self));
  g_signal_connect_object (store, "trouble", G_CALLBACK (trouble_cb), self, G_CONNECT_SWAPPED);
  g_set_object (&self->store, store);
  hw_session_set_store (self->session, store);
}

/* The lessons of a folder, as cards. */
void
hw_window_show_library (HwWindow *self, const char *folder)
{
  g_return_if_fail (HW_IS_WINDOW (self));
  if (folder != self->folder)
    {
      g_free (self->folder);
      self->folder = g_strdup (folder);
    }
  hw_library_page_fill (self->library, self->folder, self->store);
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (self->library));
  hw_library_page_focus (self->library);
}

/* Where Lessons leads; NULL: nowhere. */
void
hw_window_set_lessons (HwWindow *self, const char *folder)
{
  g_return_if_fail (HW_IS_WINDOW (self));
  g_free (self->folder);
  self->folder = g_strdup (folder);
  _hw_window_update_actions (self);
}

/* Opens a lesson or a program; says why not when it cannot be read. */
void
hw_window_open (HwWindow *self, const char *path)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (HW_IS_WINDOW (self));
  gtk_stack_set_visible_child (self->pages, self->lesson);
  if (!hw_session_open (self->session, path, &error))
    _hw_window_show_error (self, error->message);
  hw_transport_focus (self->transport);
}

/* (transfer none) */
HwSession *
hw_window_get_session (HwWindow *self)
{
  g_return_val_if_fail (HW_IS_WINDOW (self), NULL);
  return self->session;
}

void
hw_widgets_init (void)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  GdkDisplay *display = gdk_display_get_default ();

  gtk_source_init ();
  g_type_ensure (HW_TYPE_LIBRARY_PAGE);
  g_type_ensure (HW_TYPE_RUN_SWITCH);
  g_type_ensure (HW_TYPE_CODE_VIEW);
  g_type_ensure (HW_TYPE_QUESTION_CARD);
  g_type_ensure (HW_TYPE_NOTE_CARD);
  g_type_ensure (HW_TYPE_MEMORY_VIEW);
  g_type_ensure (HW_TYPE_LEDGER);
  g_type_ensure (HW_TYPE_PROBLEMS);
  g_type_ensure (HW_TYPE_TRANSPORT);
  gtk_css_provider_load_from_resource (style, "/org/heapwise/Heapwise/style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                    "/org/heapwise/Heapwise/icons");
}
