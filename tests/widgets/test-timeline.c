/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/hw-timeline.h"
#include "widgets/hw-window.h"

static void
test_position (void)
{
  HwTimeline *timeline = HW_TIMELINE (g_object_ref_sink (hw_timeline_new ()));

  g_assert_cmpuint (hw_timeline_get_position (timeline), ==, 0);
  hw_timeline_set_position (timeline, 3, 10);
  g_assert_cmpuint (hw_timeline_get_position (timeline), ==, 3);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (timeline)), ==,
                   GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_test_accessible_assert_property (timeline, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 3.0);
  gtk_test_accessible_assert_property (timeline, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 10.0);
  g_assert_finalize_object (timeline);
}

static void
test_marks (void)
{
  HwTimeline *timeline = HW_TIMELINE (g_object_ref_sink (hw_timeline_new ()));
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (HwMark));
  HwMark mark = { HW_MARK_FAULT, 5 };

  g_array_append_val (marks, mark);
  hw_timeline_set_marks (timeline, marks);
  g_array_unref (marks);
  hw_timeline_set_marks (timeline, NULL);
  g_assert_finalize_object (timeline);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  hw_widgets_init ();
  g_test_add_func ("/widgets/timeline/position", test_position);
  g_test_add_func ("/widgets/timeline/marks", test_marks);
  return g_test_run ();
}
