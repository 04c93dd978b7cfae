/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole window on a real session, driven by its actions: the first lesson stepped to the end and back, the program broken
 * and mended, an endless program stopped, another run chosen. */

#include "widgets/hw-box-menu.h"
#include "window-driver.h"

#define LESSON "c-use-after-free.lesson.json"

static gboolean
is_at_end (HwWindow *window)
{
  return window_driver_get_moment (window)->step == window_driver_get_moment (window)->n_steps;
}

static gboolean
is_at_begin (HwWindow *window)
{
  return window_driver_get_moment (window)->step == 1;
}

static void
run_text (HwWindow *window, const char *text)
{
  window_driver_type (window, text);
  window_driver_act (window, "session.run-again");
}

static void
test_step (void)
{
  HwWindow *window = window_driver_open (LESSON);
  guint64 n = window_driver_get_moment (window)->n_steps;

  window_driver_act (window, "session.first");
  window_driver_wait_until (window, is_at_begin);
  for (guint64 step = 1; step < n; step++)
    {
      window_driver_act (window, "session.step");
      window_driver_wait_for_step (window, step + 1);
      g_assert_nonnull (window_driver_get_moment (window)->narration);
    }
  g_assert_true (is_at_end (window));
  window_driver_act (window, "session.first");
  window_driver_wait_until (window, is_at_begin);
  window_driver_act (window, "session.last");
  window_driver_wait_until (window, is_at_end);
  window_driver_close (window);
}

static void
test_edit (void)
{
  HwWindow *window = window_driver_open (LESSON);

  run_text (window, "int main(void)\n{\n  return 0\n}\n");
  window_driver_wait_until (window, window_driver_is_rejected);
  g_assert_cmpuint (hw_session_get_diagnostics (hw_window_get_session (window))->len, >, 0);
  g_assert_nonnull (window_driver_get_moment (window)); /* the old picture stays */
  /* Moving about in it does not make the program right. */
  hw_session_go_to (hw_window_get_session (window), 2);
  window_driver_wait_for_step (window, 2);
  g_assert_true (window_driver_is_rejected (window));
  run_text (window, "int main(void)\n{\n  int a = 1;\n  return a;\n}\n");
  window_driver_wait_until (window, window_driver_is_ready);
  window_driver_close (window);
}

static void
test_endless (void)
{
  HwWindow *window = window_driver_open (LESSON);

  run_text (window, "int main(void)\n{\n  int i = 0;\n  while (1)\n    i = 1 - i;\n}\n");
  window_driver_wait_until (window, window_driver_is_running);
  window_driver_act (window, "session.stop");
  window_driver_wait_until (window, window_driver_is_ready);
  g_assert_cmpuint (window_driver_get_moment (window)->n_steps, >, 1);
  window_driver_close (window);
}

/* Another run stops where the first went on; an edited text goes with it, and so does the place in time. */
static void
test_runs (void)
{
  HwWindow *window = window_driver_open (LESSON);
  HwSession *session = hw_window_get_session (window);
  GtkWidget *chooser = window_driver_find (GTK_WIDGET (window), "HwRunSwitch");
  guint64 n = window_driver_get_moment (window)->n_steps;
  g_autofree char *text = window_driver_dup_text (window);
  g_autofree char *edited = g_strdup_printf ("%s/* mine */\n", text);
  g_autofree char *kept = NULL;

  g_assert_true (gtk_widget_get_visible (chooser));
  g_assert_cmpuint (hw_session_get_runs (session)->len, ==, 2);
  hw_session_go_to (session, 4);
  window_driver_wait_for_step (window, 4);
  window_driver_type (window, edited);
  window_driver_act (window, "session.next-run");
  g_assert_cmpuint (hw_session_get_run (session), ==, 1);
  window_driver_wait_until (window, window_driver_is_ready);
  g_assert_cmpuint (window_driver_get_moment (window)->step, ==, 4);
  g_assert_cmpuint (window_driver_get_moment (window)->n_steps, <, n);
  window_driver_act (window, "session.last");
  window_driver_wait_until (window, is_at_end);
  g_assert_nonnull (window_driver_get_moment (window)->fault);
  kept = window_driver_dup_text (window);
  g_assert_cmpstr (kept, ==, edited);
  g_signal_emit_by_name (chooser, "chosen", 0);
  g_assert_cmpuint (hw_session_get_run (session), ==, 0);
  window_driver_wait_until (window, window_driver_is_ready);
  g_assert_cmpuint (window_driver_get_moment (window)->n_steps, ==, n);
  g_assert_null (window_driver_get_moment (window)->fault);
  window_driver_close (window);
}

/* Hebrew and Arabic mirror the panes: code and picture keep their direction. */
static void
test_mirrored (void)
{
  HwWindow *window;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  window = window_driver_open (LESSON);
  g_assert_cmpint (
      gtk_widget_get_direction (window_driver_find (GTK_WIDGET (window), "HwCodeText")), ==,
      GTK_TEXT_DIR_LTR);
  window_driver_close (window);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* ---- questions ---- */

static const HwQuestion *
get_question (HwWindow *window)
{
  return hw_session_get_question (hw_window_get_session (window));
}

static void
answer (HwWindow *window, const char *words)
{
  const char *const list[] = { words, NULL };
  GtkWidget *card = window_driver_find (GTK_WIDGET (window), "HwQuestionCard");

  g_signal_emit_by_name (card, "answered", list);
}

/* Whoever goes forward is held at a question; a miss has its reason, an answer plays the step, and going back is always possible. What was
 * answered is answered the next time. */
static void
test_questions (void)
{
  g_autofree char *folder = g_dir_make_tmp ("window-XXXXXX", NULL);
  g_autoptr (LessonStore) store = lesson_store_new (folder);
  HwWindow *window = window_driver_open_with (LESSON, store);
  GtkWidget *card = window_driver_find (GTK_WIDGET (window), "HwQuestionCard");
  guint64 asked;

  g_assert_null (get_question (window));
  g_assert_false (gtk_widget_get_visible (card));
  window_driver_act (window, "session.last");
  while (get_question (window) == NULL)
    g_main_context_iteration (NULL, TRUE);
  asked = window_driver_get_moment (window)->step;
  g_assert_cmpuint (asked, <, window_driver_get_moment (window)->n_steps);
  g_assert_true (gtk_widget_get_visible (card));
  g_assert_cmpuint (hw_session_get_horizon (hw_window_get_session (window)), ==, asked);
  window_driver_act (window, "session.step");
  window_driver_act (window, "session.back");
  window_driver_wait_for_step (window, asked - 1);
  window_driver_act (window, "session.step");
  window_driver_wait_for_step (window, asked);
  answer (window, "2");
  g_assert_cmpint (get_question (window)->state, ==, HW_QUESTION_OPEN);
  g_assert_nonnull (get_question (window)->feedback);
  answer (window, "many");
  g_assert_cmpuint (get_question (window)->n_misses, ==, 1);
  answer (window, "0x1");
  window_driver_wait_for_step (window, asked + 1);
  window_driver_act (window, "session.back");
  window_driver_wait_for_step (window, asked);
  g_assert_cmpint (get_question (window)->state, ==, HW_QUESTION_RIGHT);
  window_driver_close (window);

  window = window_driver_open_with (LESSON, store);
  window_driver_wait_for_step (window, asked);
  g_assert_cmpint (get_question (window)->state, ==, HW_QUESTION_RIGHT);
  window_driver_close (window);
}

/* What is typed is kept without being run; starting over brings back the lesson's own program, and can be taken back. */
static void
test_start_over (void)
{
  g_autofree char *folder = g_dir_make_tmp ("window-XXXXXX", NULL);
  g_autoptr (LessonStore) store = lesson_store_new (folder);
  HwWindow *window = window_driver_open_with (LESSON, store);
  g_autofree char *own = window_driver_dup_text (window);
  g_autofree char *mine = g_strdup_printf ("%s/* mine */\n", own);
  g_autofree char *taken = NULL, *kept = NULL, *back = NULL;

  g_assert_false (hw_session_can_start_over (hw_window_get_session (window)));
  window_driver_type (window, mine);
  window_driver_close (window);

  window = window_driver_open_with (LESSON, store);
  kept = window_driver_dup_text (window);
  g_assert_cmpstr (kept, ==, mine);
  /* The lesson's questions are about its own program. */
  g_assert_null (get_question (window));
  window_driver_act (window, "session.start-over");
  window_driver_wait_until (window, window_driver_is_ready);
  back = window_driver_dup_text (window);
  g_assert_cmpstr (back, ==, own);
  taken = lesson_store_dup_source (store, "c-use-after-free", "main");
  g_assert_null (taken);
  window_driver_close (window);
}

/* ---- the menu of a box ---- */

static void
choose (HwWindow *window, const char *id, const char *action)
{
  GtkWidget *menu = hw_box_menu_new (hw_window_get_session (window), id);

  g_assert_nonnull (menu);
  g_object_ref_sink (menu);
  g_assert_true (gtk_widget_activate_action (menu, action, NULL));
  g_object_unref (menu);
}

static gboolean
is_at_line_7 (HwWindow *window)
{
  return window_driver_get_moment (window)->line == 7;
}

static gboolean
is_at_line_8 (HwWindow *window)
{
  return window_driver_get_moment (window)->line == 8;
}

static gboolean
is_at_line_11 (HwWindow *window)
{
  return window_driver_get_moment (window)->line == 11;
}

/* The line that did it, or will do it, is the next one to run. */
static void
test_box_menu (void)
{
  HwWindow *window = window_driver_open (LESSON);

  hw_session_go_to (hw_window_get_session (window), 6);
  window_driver_wait_for_step (window, 6);
  choose (window, "block:1", "box.allocated");
  window_driver_wait_until (window, is_at_line_7);
  hw_session_go_to (hw_window_get_session (window), 6);
  window_driver_wait_for_step (window, 6);
  choose (window, "block:1", "box.written");
  window_driver_wait_until (window, is_at_line_8);
  hw_session_go_to (hw_window_get_session (window), 5);
  window_driver_wait_for_step (window, 5);
  choose (window, "block:1", "box.freed");
  window_driver_wait_until (window, is_at_line_11);
  choose (window, "slot:1:name", "box.written");
  window_driver_wait_until (window, is_at_line_7);
  g_assert_null (hw_box_menu_new (hw_window_get_session (window), "frame:1"));
  g_assert_null (hw_box_menu_new (hw_window_get_session (window), "block:99"));
  window_driver_close (window);
}

/* ---- the library ---- */

static GtkWidget *
find_card (HwWindow *window, guint index)
{
  GtkWidget *cards = window_driver_find (GTK_WIDGET (window), "GtkFlowBox");

  return GTK_WIDGET (gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (cards), index));
}

static void
search (HwWindow *window, const char *words)
{
  GtkWidget *entry = window_driver_find (GTK_WIDGET (window), "GtkSearchEntry");

  gtk_editable_set_text (GTK_EDITABLE (entry), words);
  g_signal_emit_by_name (entry, "search-changed");
}

/* A new home sees all lessons, the easiest first; words narrow them; a card opens its lesson, which then comes first. */
static void
test_library (void)
{
  g_autofree char *folder = g_dir_make_tmp ("window-XXXXXX", NULL);
  g_autofree char *lessons = g_build_filename (g_getenv ("HEAPWISE_SOURCE"), "lessons", NULL);
  g_autoptr (LessonStore) store = lesson_store_new (folder);
  HwWindow *window = HW_WINDOW (hw_window_new (NULL));
  GtkWidget *cards = window_driver_find (GTK_WIDGET (window), "GtkFlowBox");
  HwSession *session = hw_window_get_session (window);

  hw_window_set_store (window, store);
  hw_window_show_library (window, lessons);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_nonnull (find_card (window, 2));
  g_assert_null (find_card (window, 3));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == find_card (window, 0));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Lessons");
  gtk_test_accessible_assert_property (find_card (window, 0), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "A call is a box on a pile, 8 min · C · 0 of 6 right");
  search (window, "use-after");
  g_assert_true (gtk_widget_get_visible (cards));
  g_assert_true (gtk_widget_get_child_visible (find_card (window, 2)));
  g_assert_false (gtk_widget_get_child_visible (find_card (window, 0)));
  search (window, "no such lesson");
  g_assert_false (gtk_widget_get_visible (cards));
  search (window, "");
  g_assert_true (gtk_widget_get_visible (cards));
  gtk_widget_activate (find_card (window, 0));
  window_driver_wait_until (window, window_driver_is_ready);
  g_assert_cmpstr (hw_session_get_title (session), ==, "A call is a box on a pile");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "A call is a box on a pile");
  window_driver_act (window, "view.lessons");
  g_assert_nonnull (find_card (window, 2));
  gtk_widget_activate (find_card (window, 0));
  window_driver_wait_until (window, window_driver_is_ready);
  g_assert_cmpstr (hw_session_get_title (session), ==, "A call is a box on a pile");
  window_driver_close (window);
}

/* A file that is not there says so, and the way back to the lessons is open; an empty folder says what to do. */
static void
test_library_troubles (void)
{
  g_autofree char *folder = g_dir_make_tmp ("window-XXXXXX", NULL);
  g_autofree char *lessons = g_build_filename (g_getenv ("HEAPWISE_SOURCE"), "lessons", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing.lesson.json", NULL);
  HwWindow *window = HW_WINDOW (hw_window_new (NULL));
  GtkWidget *nothing = window_driver_find (GTK_WIDGET (window), "AdwStatusPage");

  hw_window_show_library (window, lessons);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_false (gtk_widget_get_visible (nothing));
  hw_window_open (window, missing);
  window_driver_act (window, "view.lessons");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Lessons");
  hw_window_show_library (window, folder);
  g_assert_true (gtk_widget_get_visible (nothing));
  g_assert_cmpstr (adw_status_page_get_description (ADW_STATUS_PAGE (nothing)), ==,
                   "Open a lesson or a program with Ctrl+O.");
  window_driver_close (window);
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
  g_test_add_func ("/widgets/window/runs", test_runs);
  g_test_add_func ("/widgets/window/questions", test_questions);
  g_test_add_func ("/widgets/window/start-over", test_start_over);
  g_test_add_func ("/widgets/window/box-menu", test_box_menu);
  g_test_add_func ("/widgets/window/library", test_library);
  g_test_add_func ("/widgets/window/library-troubles", test_library_troubles);
  g_test_add_func ("/widgets/window/mirrored", test_mirrored);
  return g_test_run ();
}
