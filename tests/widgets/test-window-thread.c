/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The proof that the window never waits for the program: whatever a learner does, compiling, running, seeking, planning and laying out happen
 * on one thread, and that is not the window's.
 *
 * It is proved twice. The session counts what its worker does where. And the linker puts the functions below in the place of the
 * real ones (--wrap), so that a call from anywhere else, past the session, is counted too. No clock is asked: a fast
 * machine would hide what a slow one shows. */

#include "session/session-program.h"
#include "window-driver.h"

static const char *const names[] = { "compile", "run", "seek", "plan", "lay out" };

/* Of calls: [work][0] on the window's thread, [work][1] on another. Atomic, since both count. */
static gint n_calls[G_N_ELEMENTS (names)][2];
static GThread *window_thread;
static gpointer other_thread; /* atomic; the first other one that was seen */

static void
count (HwWork work)
{
  GThread *here = g_thread_self ();

  g_atomic_int_inc (&n_calls[work][here != window_thread]);
  if (here == window_thread)
    return;
  g_atomic_pointer_compare_and_exchange (&other_thread, NULL, here);
  g_assert_true (g_atomic_pointer_get (&other_thread) == here);
}

/* ---- in the place of the real ones ---- */

// clang-format off
#define WRAP(work, type, name, parameters, arguments)                                              \
  type __real_##name parameters;                                                                   \
  type __wrap_##name parameters;                                                                   \
  type __wrap_##name parameters                                                                    \
  {                                                                                                \
    count (work);                                                                                  \
    return __real_##name arguments;                                                                \
  }

WRAP (HW_WORK_COMPILE, SessionProgram *, session_program_new,
      (const char *name, const char *source, gsize n_source, const char *language, const SessionSettings *settings, GBytes *input),
      (name, source, n_source, language, settings, input))
WRAP (HW_WORK_RUN, gboolean, history_record, (History *history, guint64 n_ticks), (history, n_ticks))
WRAP (HW_WORK_SEEK, void, history_seek, (History *history, guint64 position), (history, position))
WRAP (HW_WORK_PLAN, ScenePlan *, scene_plan_new, (HistorySurvey *survey), (survey))
WRAP (HW_WORK_LAY_OUT, Scene *, scene_new, (Facts *facts, ScenePlan *plan, const SceneOptions *options), (facts, plan, options))
// clang-format on

/* ---- the learner ---- */

static void
forget_counts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    n_calls[i][0] = n_calls[i][1] = 0;
  other_thread = NULL;
}

static void
check_counts (HwWindow *window)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint n_on_worker, n_elsewhere;

      hw_session_count_work (hw_window_get_session (window), i, &n_on_worker, &n_elsewhere);
      g_test_message ("%s: %u on the worker, %u elsewhere", names[i], n_on_worker, n_elsewhere);
      g_assert_cmpuint (n_on_worker, >, 0);
      g_assert_cmpuint (n_elsewhere, ==, 0);
      g_assert_cmpint (g_atomic_int_get (&n_calls[i][1]), >, 0);
      g_assert_cmpint (g_atomic_int_get (&n_calls[i][0]), ==, 0);
    }
}

/* The pointer pulled along the timeline: a request for each pixel, faster than pictures can be made. */
static void
drag (HwWindow *window)
{
  GtkWidget *timeline = window_driver_find (GTK_WIDGET (window), "HwTimeline");
  guint64 n = window_driver_get_moment (window)->n_steps;

  for (guint i = 0; i < 200; i++)
    {
      g_signal_emit_by_name (timeline, "seek", 1 + i % n);
      g_main_context_iteration (NULL, FALSE);
    }
  g_signal_emit_by_name (timeline, "seek", n);
  window_driver_wait_for_step (window, n);
}

static void
step (HwWindow *window)
{
  static const char *const moves[]
      = { "session.first", "session.step", "session.over", "session.next-event",
          "session.back",  "session.out",  "session.last", "session.previous-event" };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      HwMoment *shown = window_driver_get_moment (window);

      /* An action that makes no sense at this step is not there; each of these moves somewhere. */
      gtk_widget_activate_action (GTK_WIDGET (window), moves[i], NULL);
      for (guint turn = 0; turn < 1000 && window_driver_get_moment (window) == shown; turn++)
        {
          g_main_context_iteration (NULL, FALSE);
          g_thread_yield ();
        }
    }
}

static void
test_thread (void)
{
  HwWindow *window;

  forget_counts ();
  window_thread = g_thread_self ();
  window = window_driver_open ("c-use-after-free.lesson.json");
  step (window);
  drag (window);
  window_driver_type (window, "#include <stdlib.h>\nint main(void)\n{\n  int *a = malloc(4);\n"
                              "  free(a);\n  *a = 1;\n  return 0;\n}\n");
  window_driver_act (window, "session.run-again");
  window_driver_wait_until (window, window_driver_is_ready);
  step (window);
  window_driver_act (window, "session.next-run");
  window_driver_wait_until (window, window_driver_is_ready);
  drag (window);
  /* Another size is another layout. */
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  step (window);
  check_counts (window);
  window_driver_close (window);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  hw_widgets_init ();
  g_test_add_func ("/widgets/window/thread", test_thread);
  return g_test_run ();
}
