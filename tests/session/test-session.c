/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A session without a window: requests go in, moments come out, on a main loop. */

#include "session/hw-session.h"

#include <glib/gstdio.h>

static const char source[] = "int kept;\n"
                             "int other;\n"
                             "int main(void)\n"
                             "{\n"
                             "    kept = 1;\n"
                             "    other = 5;\n"
                             "    kept = 2;\n"
                             "    other = 6;\n"
                             "    return kept;\n"
                             "}\n";

/* Where the data region begins, and `kept` with it. */
#define KEPT_ADDRESS 0x2000

static void
wait_for_line (HwSession *session, guint line)
{
  for (guint i = 0; i < 100000; i++)
    {
      HwMoment *moment = hw_session_get_moment (session);

      if (hw_session_get_status (session) == HW_SESSION_READY && moment != NULL
          && moment->line == line)
        return;
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_not_reached ();
}

/* (transfer full) */
static HwSession *
open_source (const char *text)
{
  g_autoptr (GError) error = NULL;
  HwSession *session = hw_session_new ();
  g_autofree char *folder = g_dir_make_tmp ("session-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "program.c", NULL);

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  hw_session_set_canvas (session, 800, 600, 1);
  g_assert_true (hw_session_open (session, path, &error));
  g_remove (path);
  g_rmdir (folder);
  return session;
}

static void
test_changes (void)
{
  g_autoptr (HwSession) session = open_source (source);

  wait_for_line (session, 3);
  hw_session_go_to_change (session, HW_TOUCH_CHANGE, KEPT_ADDRESS, 4, TRUE);
  wait_for_line (session, 5);
  hw_session_move (session, HW_MOVE_STEP);
  wait_for_line (session, 6);
  hw_session_go_to_change (session, HW_TOUCH_CHANGE, KEPT_ADDRESS, 4, TRUE);
  wait_for_line (session, 7);
  /* The step of line 7 has not been done here: the change before it is line 5's. */
  hw_session_go_to_change (session, HW_TOUCH_CHANGE, KEPT_ADDRESS, 4, FALSE);
  wait_for_line (session, 5);
  hw_session_move (session, HW_MOVE_LAST);
  wait_for_line (session, 0);
  hw_session_go_to_change (session, HW_TOUCH_CHANGE, KEPT_ADDRESS, 4, FALSE);
  wait_for_line (session, 7);
}

/* A write of what stands there already is no change. */
static void
test_writes (void)
{
  static const char same[] = "int kept;\n"
                             "int main(void)\n"
                             "{\n"
                             "    kept = 1;\n"
                             "    kept = 1;\n"
                             "    return kept;\n"
                             "}\n";
  g_autoptr (HwSession) session = open_source (same);

  wait_for_line (session, 2);
  hw_session_move (session, HW_MOVE_LAST);
  wait_for_line (session, 0);
  hw_session_go_to_change (session, HW_TOUCH_WRITE, KEPT_ADDRESS, 4, FALSE);
  wait_for_line (session, 5);
  hw_session_go_to_change (session, HW_TOUCH_CHANGE, KEPT_ADDRESS, 4, FALSE);
  wait_for_line (session, 4);
}

static guint32
get_key (HwSession *session, guint block)
{
  return g_array_index (hw_session_get_moment (session)->facts->blocks, FactsBlock, block).key;
}

static void
test_blocks (void)
{
  static const char blocks[] = "#include <stdlib.h>\n"
                               "int main(void)\n"
                               "{\n"
                               "    int *first = malloc(4);\n"
                               "    int *second = malloc(8);\n"
                               "    *first = 5;\n"
                               "    free(first);\n"
                               "    second = NULL;\n"
                               "    return second != NULL;\n"
                               "}\n";
  g_autoptr (HwSession) session = open_source (blocks);
  guint32 first, second;

  wait_for_line (session, 2);
  hw_session_move (session, HW_MOVE_LAST);
  wait_for_line (session, 0);
  first = get_key (session, 0);
  second = get_key (session, 1);
  hw_session_go_to_block (session, first, HW_BLOCK_FREED);
  wait_for_line (session, 7);
  hw_session_go_to_block (session, second, HW_BLOCK_LOST);
  wait_for_line (session, 8);
  hw_session_go_to_block (session, second, HW_BLOCK_ALLOCATED);
  wait_for_line (session, 5);
  /* It is never freed: the moment stays. */
  hw_session_go_to_block (session, second, HW_BLOCK_FREED);
  hw_session_move (session, HW_MOVE_STEP);
  wait_for_line (session, 6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/changes", test_changes);
  g_test_add_func ("/session/writes", test_writes);
  g_test_add_func ("/session/blocks", test_blocks);
  return g_test_run ();
}
