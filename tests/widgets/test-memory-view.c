/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The picture as a widget: one accessible child for each box, a scene that is kept as long as it is shown. */

#include "scene-samples.h"
#include "widgets/hw-memory-view.h"
#include "widgets/hw-window.h"

static Scene *
make_scene (void)
{
  g_autoptr (Facts) facts = sample_use_after_free ();
  g_autoptr (HistorySurvey) survey = sample_use_after_free_survey ();
  g_autoptr (ScenePlan) plan = scene_plan_new (survey);
  SceneOptions options = { .width = 888, .height = 560, .text_scale = 1 };

  return scene_new (facts, plan, &options);
}

static guint
count_named (GtkWidget *view)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += gtk_widget_get_child_visible (child)
         && gtk_test_accessible_has_property (GTK_ACCESSIBLE (child),
                                              GTK_ACCESSIBLE_PROPERTY_LABEL);
  return n;
}

static void
test_boxes (void)
{
  HwMemoryView *view = HW_MEMORY_VIEW (g_object_ref_sink (hw_memory_view_new ()));
  g_autoptr (Scene) scene = make_scene ();

  hw_memory_view_set_scene (view, scene);
  g_assert_true (hw_memory_view_get_scene (view) == scene);
  g_assert_cmpuint (count_named (GTK_WIDGET (view)), >=, 10);
  hw_memory_view_set_scene (view, NULL);
  g_assert_null (hw_memory_view_get_scene (view));
  g_assert_finalize_object (view);
}

static void
settle (void)
{
  for (guint i = 0; i < 50; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (2000);
    }
}

static void
test_shown (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *view = hw_memory_view_new ();
  g_autoptr (Scene) scene = make_scene ();

  gtk_window_set_default_size (GTK_WINDOW (window), 400, 300);
  gtk_window_set_child (GTK_WINDOW (window), view);
  hw_memory_view_set_scene (HW_MEMORY_VIEW (view), scene);
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  g_assert_true (gtk_widget_grab_focus (view));
  g_assert_nonnull (gtk_widget_get_focus_child (view));
  hw_memory_view_zoom (HW_MEMORY_VIEW (view), 2);
  hw_memory_view_set_old (HW_MEMORY_VIEW (view), TRUE);
  settle ();
  hw_memory_view_zoom_fit (HW_MEMORY_VIEW (view));
  settle ();
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  hw_widgets_init ();
  g_test_add_func ("/widgets/memory-view/boxes", test_boxes);
  g_test_add_func ("/widgets/memory-view/shown", test_shown);
  return g_test_run ();
}
