/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of commands: every key can be read, none is given twice. */

#include "widgets/hw-commands.h"
#include "widgets/hw-window.h"
#include "widgets/hw-words.h"

static void
check_keys (const char *keys, GHashTable *seen)
{
  g_auto (GStrv) list = keys != NULL ? g_strsplit (keys, " ", -1) : NULL;

  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    {
      guint key;
      GdkModifierType state;

      g_assert_true (gtk_accelerator_parse (list[i], &key, &state));
      g_assert_true (g_hash_table_add (seen, gtk_accelerator_name (key, state)));
    }
}

static void
test_keys (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n;
  const HwCommand *commands = hw_commands_get (&n);

  for (guint i = 0; i < n; i++)
    {
      check_keys (commands[i].keys, seen);
      check_keys (commands[i].bare_keys, seen);
    }
  g_assert_true (g_hash_table_contains (seen, "F8"));
  g_assert_true (g_hash_table_contains (seen, "<Control>Return"));
}

static void
test_shortcuts (void)
{
  GtkWindow *window = hw_commands_new_shortcuts (NULL);

  g_assert_true (GTK_IS_SHORTCUTS_WINDOW (window));
  gtk_window_destroy (window);
}

static void
test_words (void)
{
  g_autofree char *markup = hw_words_to_markup ("`a<b` & more");
  g_autofree char *open = hw_words_to_markup ("it`s");
  g_autofree char *plain = hw_words_to_plain ("`free(a)` gave");

  g_assert_true (pango_parse_markup (markup, -1, 0, NULL, NULL, NULL, NULL));
  g_assert_true (pango_parse_markup (open, -1, 0, NULL, NULL, NULL, NULL));
  g_assert_cmpstr (plain, ==, "free(a) gave");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  hw_widgets_init ();
  g_test_add_func ("/widgets/commands/keys", test_keys);
  g_test_add_func ("/widgets/commands/shortcuts", test_shortcuts);
  g_test_add_func ("/widgets/commands/words", test_words);
  return g_test_run ();
}
