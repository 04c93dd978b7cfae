/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "window-driver.h"

#include "lesson/lesson-file.h"

#include <string.h>

#define PATIENCE_MS 20000

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until the condition holds. */
void
window_driver_wait_until (HwWindow *window, WindowCondition condition)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_MS * 1000;
  guint source = g_timeout_add (10, wake_cb, NULL);

  while (!condition (window) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  g_assert_true (condition (window));
}

/* Runs the main loop until that step is shown. */
void
window_driver_wait_for_step (HwWindow *window, guint64 step)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_MS * 1000;

  while (window_driver_get_moment (window)->step != step && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (window_driver_get_moment (window)->step, ==, step);
}

HwMoment *
window_driver_get_moment (HwWindow *window)
{
  return hw_session_get_moment (hw_window_get_session (window));
}

static HwSessionStatus
get_status (HwWindow *window)
{
  return hw_session_get_status (hw_window_get_session (window));
}

gboolean
window_driver_is_ready (HwWindow *window)
{
  return get_status (window) == HW_SESSION_READY && window_driver_get_moment (window) != NULL;
}

gboolean
window_driver_is_rejected (HwWindow *window)
{
  return get_status (window) == HW_SESSION_REJECTED;
}

gboolean
window_driver_is_running (HwWindow *window)
{
  return get_status (window) == HW_SESSION_RUNNING;
}

void
window_driver_act (HwWindow *window, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), action, NULL));
}

/* The first widget of a type below another; (nullable). */
GtkWidget *
window_driver_find (GtkWidget *widget, const char *type)
{
  if (strcmp (G_OBJECT_TYPE_NAME (widget), type) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = window_driver_find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkTextBuffer *
get_code (HwWindow *window)
{
  GtkWidget *view = window_driver_find (GTK_WIDGET (window), "HwCodeText");

  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
}

/* Replaces the program in the editor; it does not run yet. */
void
window_driver_type (HwWindow *window, const char *text)
{
  GtkWidget *view = window_driver_find (GTK_WIDGET (window), "HwCodeText");

  window_driver_act (window, "view.edit");
  g_assert_true (gtk_text_view_get_editable (GTK_TEXT_VIEW (view)));
  gtk_text_buffer_set_text (get_code (window), text, -1);
  window_driver_act (window, "view.edit");
}

/* What the editor holds. (transfer full) */
char *
window_driver_dup_text (HwWindow *window)
{
  GtkTextIter begin, end;

  gtk_text_buffer_get_bounds (get_code (window), &begin, &end);
  return gtk_text_buffer_get_text (get_code (window), &begin, &end, TRUE);
}

/* Somebody who has skipped all questions of a lesson: none holds them. */
static void
skip_questions (LessonStore *store, const char *path)
{
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autoptr (Lesson) lesson = lesson_load (map, path, diagnostics, NULL);

  g_assert_nonnull (lesson);
  for (guint i = 0; i < lesson->questions->len; i++)
    lesson_store_answer (store, lesson->id, g_ptr_array_index (lesson->questions, i), NULL,
                         LESSON_STORE_SKIPPED, 0);
}

/* A window with a lesson of the tree, shown and run, for somebody who has skipped its questions. */
HwWindow *
window_driver_open (const char *lesson)
{
  g_autofree char *path = g_build_filename (g_getenv ("HEAPWISE_SOURCE"), "lessons", lesson, NULL);
  g_autofree char *folder = g_dir_make_tmp ("window-XXXXXX", NULL);
  g_autoptr (LessonStore) store = lesson_store_new (folder);

  skip_questions (store, path);
  return window_driver_open_with (lesson, store);
}

/* store: what the person has done so far. */
HwWindow *
window_driver_open_with (const char *lesson, LessonStore *store)
{
  g_autofree char *path = g_build_filename (g_getenv ("HEAPWISE_SOURCE"), "lessons", lesson, NULL);
  HwWindow *window = HW_WINDOW (hw_window_new (NULL));

  hw_window_set_store (window, store);
  hw_window_open (window, path);
  gtk_window_present (GTK_WINDOW (window));
  window_driver_wait_until (window, window_driver_is_ready);
  return window;
}

void
window_driver_close (HwWindow *window)
{
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (window);
}
