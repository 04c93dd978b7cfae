/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole window on a real session, driven by its actions: the first lesson stepped to the end and back, the program broken
 * and mended, an endless program stopped. */

#include <string.h>

#include "widgets/hw-window.h"

#define PATIENCE_MS 20000

typedef gboolean (*Condition) (HwWindow *window);

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until the condition holds. */
static void
wait_until (HwWindow *window, Condition condition)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_MS * 1000;
  guint source = g_timeout_add (10, wake_cb, NULL);

  while (!condition (window) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  g_assert_true (condition (window));
}

static HwMoment *
get_moment (HwWindow *window)
{
  return hw_session_get_moment (hw_window_get_session (window));
}

static HwSessionStatus
get_status (HwWindow *window)
{
  return hw_session_get_status (hw_window_get_session (window));
}

static gboolean
is_ready (HwWindow *window)
{
  return get_status (window) == HW_SESSION_READY && get_moment (window) != NULL;
}

static gboolean
is_rejected (HwWindow *window)
{
  return get_status (window) == HW_SESSION_REJECTED;
}

static gboolean
is_running (HwWindow *window)
{
  return get_status (window) == HW_SESSION_RUNNING;
}

static gboolean
is_at_end (HwWindow *window)
{
  return get_moment (window)->step == get_moment (window)->n_steps;
}

static gboolean
is_at_begin (HwWindow *window)
{
  return get_moment (window)->step == 1;
}

static void
act (HwWindow *window, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), action, NULL));
}

/* The first widget of a type below another. */
static GtkWidget *
find_widget (GtkWidget *widget, const char *type)
{
  if (strcmp (G_OBJECT_TYPE_NAME (widget), type) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
type_program (HwWindow *window, const char *text)
{
  GtkWidget *view = find_widget (GTK_WIDGET (window), "HwCodeText");

  act (window, "view.edit");
  g_assert_true (gtk_text_view_get_editable (GTK_TEXT_VIEW (view)));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  act (window, "session.run-again");
  act (window, "view.edit");
}

static HwWindow *
open_lesson (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("HEAPWISE_SOURCE"), "lessons",
                                            "c-use-after-free.lesson.json", NULL);
  HwWindow *window = HW_WINDOW (hw_window_new (NULL));

  hw_window_open (window, path);
  gtk_window_present (GTK_WINDOW (window));
  wait_until (window, is_ready);
  return window;
}

static void
close_window (HwWindow *window)
{
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (window);
}

static void
test_step (void)
{
  HwWindow *window = open_lesson ();
  guint64 n = get_moment (window)->n_steps;

  act (window, "session.first");
  wait_until (window, is_at_begin);
  for (guint64 step = 1; step < n; step++)
    {
      gint64 end = g_get_monotonic_time () + PATIENCE_MS * 1000;

      act (window, "session.step");
      while (get_moment (window)->step != step + 1 && g_get_monotonic_time () < end)
        g_main_context_iteration (NULL, FALSE);
      g_assert_cmpuint (get_moment (window)->step, ==, step + 1);
      g_assert_nonnull (get_moment (window)->narration);
    }
  g_assert_true (is_at_end (window));
  act (window, "session.first");
  wait_until (window, is_at_begin);
  act (window, "session.last");
  wait_until (window, is_at_end);
  close_window (window);
}

static void
test_edit (void)
{
  HwWindow *window = open_lesson ();

  type_program (window, "int main(void)\n{\n  return 0\n}\n");
  wait_until (window, is_rejected);
  g_assert_cmpuint (hw_session_get_diagnostics (hw_window_get_session (window))->len, >, 0);
  g_assert_nonnull (get_moment (window)); /* the old picture stays */
  type_program (window, "int main(void)\n{\n  int a = 1;\n  return a;\n}\n");
  wait_until (window, is_ready);
  close_window (window);
}

static void
test_endless (void)
{
  HwWindow *window = open_lesson ();

  type_program (window, "int main(void)\n{\n  int i = 0;\n  while (1)\n    i = 1 - i;\n}\n");
  wait_until (window, is_running);
  act (window, "session.stop");
  wait_until (window, is_ready);
  g_assert_cmpuint (get_moment (window)->n_steps, >, 1);
  close_window (window);
}

/* Hebrew and Arabic mirror the panes: code and picture keep their direction. */
static void
test_mirrored (void)
{
  HwWindow *window;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  window = open_lesson ();
  g_assert_cmpint (gtk_widget_get_direction (find_widget (GTK_WIDGET (window), "HwCodeText")), ==,
                   GTK_TEXT_DIR_LTR);
  close_window (window);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  hw_widgets_init ();
  g_test_add_func ("/widgets/window/step", test_step);
  g_test_add_func ("/widgets/window/edit", test_edit);
  g_test_add_func ("/widgets/window/endless", test_endless);
  g_test_add_func ("/widgets/window/mirrored", test_mirrored);
  return g_test_run ();
}
