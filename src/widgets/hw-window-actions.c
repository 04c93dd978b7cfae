/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The commands of HwWindow: handlers, which of them can be used now, and their installation from the table in hw-commands.def. */

#include "hw-window-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hw-commands.h"

/* ---- moving in time ---- */

static const struct
{
  const char *action;
  HwMove move;
} moves[] = {
  { "session.step", HW_MOVE_STEP },
  { "session.back", HW_MOVE_BACK },
  { "session.over", HW_MOVE_OVER },
  { "session.back-over", HW_MOVE_BACK_OVER },
  { "session.out", HW_MOVE_OUT },
  { "session.next-event", HW_MOVE_NEXT_EVENT },
  { "session.previous-event", HW_MOVE_PREVIOUS_EVENT },
  { "session.first", HW_MOVE_FIRST },
  { "session.last", HW_MOVE_LAST },
};

static gboolean
is_backwards (HwMove move)
{
  return move == HW_MOVE_BACK || move == HW_MOVE_BACK_OVER || move == HW_MOVE_FIRST
         || move == HW_MOVE_PREVIOUS_EVENT;
}

static gboolean
move_session (HwWindow *self, const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (strcmp (moves[i].action, action) == 0)
      {
        if (hw_session_get_horizon (self->session) != 0 && !is_backwards (moves[i].move))
          hw_question_card_remind (self->question);
        else
          hw_session_move (self->session, moves[i].move);
        return TRUE;
      }
  return FALSE;
}

/* ---- the program ---- */

static void
run_again (HwWindow *self)
{
  g_autofree char *text = hw_code_view_dup_text (self->code);

  hw_session_run_again (self->session, text);
}

/* The run of that index runs what stands in the editor. */
void
_hw_window_choose_run (HwWindow *self, guint index)
{
  g_autofree char *text = hw_code_view_dup_text (self->code);
  g_autoptr (GError) error = NULL;

  hw_session_edit (self->session, text);
  if (hw_session_choose_run (self->session, index, &error))
    return;
  hw_run_switch_set_chosen (self->runs, hw_session_get_run (self->session));
  _hw_window_show_error (self, error->message);
}

static void
choose_next_run (HwWindow *self)
{
  guint n = hw_session_get_runs (self->session)->len;

  if (n < 2)
    return;
  _hw_window_choose_run (self, (hw_session_get_run (self->session) + 1) % n);
  hw_run_switch_focus (self->runs);
}

/* ---- starting over ---- */

static void
take_back_cb (AdwToast *toast, HwWindow *self)
{
  hw_session_run_again (self->session, g_object_get_data (G_OBJECT (toast), "text"));
}

/* The learner's text stays at hand as long as the toast is there. */
static void
start_over (HwWindow *self)
{
  char *text = hw_session_start_over (self->session);
  AdwToast *toast;

  if (text == NULL)
    return;
  toast = adw_toast_new (_ ("The lesson's own program is back."));
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, 20);
  g_object_set_data_full (G_OBJECT (toast), "text", text, g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (take_back_cb), self, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
set_editing (HwWindow *self, gboolean is_editing)
{
  self->is_editing = is_editing;
  hw_code_view_set_editable (self->code, is_editing);
  if (is_editing)
    hw_code_view_focus (self->code);
}

static void
file_chosen_cb (GtkNativeDialog *dialog, int response, HwWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);

      if (path != NULL)
        hw_window_open (self, path);
      else
        _hw_window_show_error (self, _ ("Only files of this computer can be opened."));
    }
  g_object_unref (dialog);
}

static void
choose_file (HwWindow *self)
{
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_ ("Open a lesson or a program"), GTK_WINDOW (self),
                                     GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Lessons and C programs"));
  gtk_file_filter_add_pattern (filter, "*.lesson.json");
  gtk_file_filter_add_pattern (filter, "*.c");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- the window ---- */

/* Program, question, picture, drawer, bar: round and round. */
static void
go_to_next_pane (HwWindow *self)
{
  GtkWidget *panes[]
      = { GTK_WIDGET (self->code), GTK_WIDGET (self->question), GTK_WIDGET (self->picture),
          GTK_WIDGET (self->drawer), GTK_WIDGET (self->transport) };
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  guint at = G_N_ELEMENTS (panes) - 1;

  for (guint i = 0; i < G_N_ELEMENTS (panes); i++)
    if (focus != NULL && (focus == panes[i] || gtk_widget_is_ancestor (focus, panes[i])))
      at = i;
  for (guint i = 1; i <= G_N_ELEMENTS (panes); i++)
    {
      GtkWidget *pane = panes[(at + i) % G_N_ELEMENTS (panes)];

      if (pane == GTK_WIDGET (self->transport))
        {
          hw_transport_focus (self->transport);
          return;
        }
      if (gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD))
        return;
    }
}

static void
act (HwWindow *self, const char *action)
{
  if (strcmp (action, "session.run-again") == 0)
    run_again (self);
  else if (strcmp (action, "session.start-over") == 0)
    start_over (self);
  else if (strcmp (action, "session.next-run") == 0)
    choose_next_run (self);
  else if (strcmp (action, "session.stop") == 0)
    hw_session_stop (self->session);
  else if (strcmp (action, "view.go-to-step") == 0)
    hw_transport_ask_step (self->transport);
  else if (strcmp (action, "view.lessons") == 0)
    hw_window_show_library (self, self->folder);
  else if (strcmp (action, "view.open") == 0)
    choose_file (self);
  else if (strcmp (action, "view.zoom-in") == 0)
    hw_memory_view_zoom (self->picture, 1.2);
  else if (strcmp (action, "view.zoom-out") == 0)
    hw_memory_view_zoom (self->picture, 1 / 1.2);
  else if (strcmp (action, "view.zoom-fit") == 0)
    hw_memory_view_zoom_fit (self->picture);
  else if (strcmp (action, "view.next-pane") == 0)
    go_to_next_pane (self);
  else if (strcmp (action, "view.shortcuts") == 0)
    gtk_window_present (hw_commands_new_shortcuts (GTK_WINDOW (self)));
  else
    g_assert_not_reached ();
}

static void
activated_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HwWindow *self = HW_WINDOW (widget);

  if (!move_session (self, action))
    act (self, action);
}

/* ---- installation ---- */

static gboolean
get_editing (HwWindow *self)
{
  return self->is_editing;
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, get_editing (HW_WINDOW (object)));
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  HwWindow *self = HW_WINDOW (object);

  if (self->is_editing != g_value_get_boolean (value))
    {
      set_editing (self, g_value_get_boolean (value));
      g_object_notify_by_pspec (object, pspec);
    }
}

/* Every command is a plain action, but "view.edit" is a switch and has a property behind it. */
void
_hw_window_class_install_actions (GtkWidgetClass *widget_class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (widget_class);
  guint n;
  const HwCommand *commands = hw_commands_get (&n);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  g_object_class_install_property (
      object_class, 1,
      g_param_spec_boolean ("editing", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
  for (guint i = 0; i < n; i++)
    {
      if (strcmp (commands[i].action, "view.edit") == 0)
        gtk_widget_class_install_property_action (widget_class, "view.edit", "editing");
      else if (!g_str_has_prefix (commands[i].action, "window.")
               && !g_str_has_prefix (commands[i].action, "app."))
        gtk_widget_class_install_action (widget_class, commands[i].action, commands[i].parameter,
                                         activated_cb);
    }
}

/* Which commands make sense at this moment. */
void
_hw_window_update_actions (HwWindow *self)
{
  HwMoment *moment = hw_session_get_moment (self->session);
  gboolean is_running = hw_session_get_status (self->session) == HW_SESSION_RUNNING;
  gboolean has_before = moment != NULL && moment->step > 1;
  gboolean has_after = moment != NULL && moment->step < moment->n_steps;
  GtkWidget *widget = GTK_WIDGET (self);

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    gtk_widget_action_set_enabled (widget, moves[i].action,
                                   is_backwards (moves[i].move) ? has_before : has_after);
  gtk_widget_action_set_enabled (widget, "session.stop", is_running);
  gtk_widget_action_set_enabled (widget, "session.run-again",
                                 hw_session_get_source (self->session) != NULL);
  gtk_widget_action_set_enabled (widget, "view.lessons",
                                 self->folder != NULL
                                     && gtk_stack_get_visible_child (self->pages)
                                            != GTK_WIDGET (self->library));
  gtk_widget_action_set_enabled (widget, "session.start-over",
                                 hw_session_can_start_over (self->session));
  gtk_widget_action_set_enabled (widget, "session.next-run",
                                 hw_session_get_runs (self->session)->len > 1);
  gtk_widget_action_set_enabled (widget, "view.go-to-step", moment != NULL);
  hw_transport_set_running (self->transport, is_running);
}

/* Trouble is told where the sentence about each step stands: it stays until something else happens, and is read out. */
void
_hw_window_show_error (HwWindow *self, const char *words)
{
  gtk_label_set_text (self->narration, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->narration), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}
