/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "widgets/hw-code-view.h"
#include "widgets/hw-window.h"

static const char source[] = "int main(void)\n{\n  return 0;\n}\n";

static void
test_text (void)
{
  HwCodeView *view = HW_CODE_VIEW (g_object_ref_sink (hw_code_view_new ()));
  g_autofree char *text = NULL;

  hw_code_view_set_text (view, source);
  text = hw_code_view_dup_text (view);
  g_assert_cmpstr (text, ==, source);
  g_assert_finalize_object (view);
}

/* Lines and places that are not in the text do no harm. */
static void
test_lines (void)
{
  HwCodeView *view = HW_CODE_VIEW (g_object_ref_sink (hw_code_view_new ()));

  hw_code_view_set_lines (view, 3, 2);
  hw_code_view_set_text (view, source);
  hw_code_view_set_lines (view, 3, 2);
  hw_code_view_set_lines (view, 300, 299);
  hw_code_view_set_lines (view, 0, 0);
  hw_code_view_set_remark (view, 3, "reads freed memory");
  hw_code_view_set_remark (view, 0, NULL);
  hw_code_view_go_to (view, 2, 50);
  g_assert_finalize_object (view);
}

static void
test_diagnostics (void)
{
  HwCodeView *view = HW_CODE_VIEW (g_object_ref_sink (hw_code_view_new ()));
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify)text_diagnostic_free);
  guint32 begin = text_map_add (map, "a.c", source, strlen (source), TEXT_ORIGIN_USER);
  TextSpan spans[] = { { begin + 4, begin + 8 },
                       { begin + (guint32)strlen (source), begin + (guint32)strlen (source) },
                       TEXT_NO_SPAN };

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    g_ptr_array_add (list, text_diagnostic_new (TEXT_SEVERITY_ERROR, "x", spans[i],
                                                text_message_new (TEXT_STEP_LIMIT, "")));
  hw_code_view_set_text (view, source);
  hw_code_view_set_diagnostics (view, list, map);
  hw_code_view_set_diagnostics (view, NULL, NULL);
  g_assert_finalize_object (view);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  hw_widgets_init ();
  g_test_add_func ("/widgets/code-view/text", test_text);
  g_test_add_func ("/widgets/code-view/lines", test_lines);
  g_test_add_func ("/widgets/code-view/diagnostics", test_diagnostics);
  return g_test_run ();
}
