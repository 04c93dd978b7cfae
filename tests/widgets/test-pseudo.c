/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window in a made-up language (tests/po/run-pseudo.py) in which every sentence stands between ⟦ and ⟧: a sentence without
 * them has not gone through the catalogue. What the lesson, the program and the toolkit say themselves is left out. */

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#include "app/hw-about.h"
#include "app/hw-preferences.h"
#include "widgets/hw-commands.h"
#include "widgets/hw-settings.h"
#include "window-driver.h"

#define LESSON "c-use-after-free.lesson.json"

/* Widgets that show words of the lesson or of GTK. */
static const char *const foreign[]
    = { "HwNoteCard",    "HwQuestionCard", "AdwWindowTitle",   "GtkWindowControls",
        "GtkSourceView", "HwMemoryBox",    "GtkShortcutLabel", "GtkSearchEntry" };

static gboolean
is_foreign (GtkWidget *widget)
{
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    if (g_str_equal (G_OBJECT_TYPE_NAME (widget), foreign[i]))
      return TRUE;
  return FALSE;
}

/* Two letters in a row: no number, no sign. */
static gboolean
has_word (const char *text)
{
  return g_regex_match_simple ("[A-Za-z]{2}", text, 0, 0);
}

/* Also a name. */
static gboolean
is_of_toolkit (const char *text)
{
  static const char *const words[] = { "Heapwise", "(None)", "Show All", NULL };

  return g_strv_contains (words, text);
}

static void
check_text (GtkWidget *widget, const char *what, const char *text)
{
  if (text == NULL || !has_word (text) || is_of_toolkit (text) || strstr (text, "⟦") != NULL)
    return;
  g_test_message ("%s of a %s: “%s”", what, G_OBJECT_TYPE_NAME (widget), text);
  g_test_fail ();
}

/* Titles of runs are the lesson's. */
static gboolean
is_run_title (HwWindow *window, const char *text)
{
  GPtrArray *runs = window != NULL ? hw_session_get_runs (hw_window_get_session (window)) : NULL;

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    if (g_str_equal (text, ((HwRun *)g_ptr_array_index (runs, i))->title))
      return TRUE;
  return FALSE;
}

static void
check_widgets (HwWindow *window, GtkWidget *widget)
{
  if (is_foreign (widget))
    return;
  check_text (widget, "tooltip", gtk_widget_get_tooltip_text (widget));
  if (GTK_IS_LABEL (widget) && !is_run_title (window, gtk_label_get_text (GTK_LABEL (widget))))
    check_text (widget, "text", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_widgets (window, child);
}

/* Headings of the picture and the words beside them. */
static void
check_scene (const Scene *scene)
{
  for (guint32 i = 0; i < scene->items->len; i++)
    {
      const SceneItem *item = &g_array_index (scene->items, SceneItem, i);
      gboolean is_words
          = item->kind == SCENE_ITEM_TEXT
            && (item->text.role == SCENE_ROLE_HEADING || item->text.role == SCENE_ROLE_SUBHEADING
                || item->text.role == SCENE_ROLE_CAPTION);

      if (is_words && has_word (item->text.text) && strstr (item->text.text, "⟦") == NULL)
        {
          g_test_message ("in the picture: “%s”", item->text.text);
          g_test_fail ();
        }
    }
}

static gboolean
is_at_begin (HwWindow *window)
{
  return window_driver_get_moment (window)->step == 1;
}

static void
test_steps (void)
{
  HwWindow *window = window_driver_open (LESSON);
  guint64 n = window_driver_get_moment (window)->n_steps;

  g_assert_cmpstr (_ ("Memory"), ==, "⟦Memory⟧");
  window_driver_act (window, "session.first");
  window_driver_wait_until (window, is_at_begin);
  for (guint64 step = 1; step <= n; step++)
    {
      window_driver_wait_for_step (window, step);
      check_widgets (window, GTK_WIDGET (window));
      check_scene (window_driver_get_moment (window)->scene);
      window_driver_act (window, "session.step");
    }
  window_driver_close (window);
}

static void
test_rejected (void)
{
  HwWindow *window = window_driver_open (LESSON);

  window_driver_type (window, "int main(void)\n{\n  retrun 0;\n}\n");
  window_driver_act (window, "session.run-again");
  window_driver_wait_until (window, window_driver_is_rejected);
  check_widgets (window, GTK_WIDGET (window));
  window_driver_close (window);
}

static void
check_dialog (GtkWindow *dialog, const char *type)
{
  GtkWidget *content = window_driver_find (GTK_WIDGET (dialog), type);

  g_assert_nonnull (content);
  check_widgets (NULL, content);
  gtk_window_destroy (dialog);
}

static void
test_dialogs (void)
{
  g_autoptr (GSettings) settings = hw_settings_new ();

  check_dialog (hw_preferences_new (settings, NULL), "AdwPreferencesPage");
  check_dialog (hw_commands_new_shortcuts (NULL), "GtkShortcutsSection");
}

int
main (int argc, char **argv)
{
  const char *folder = g_getenv ("HEAPWISE_PSEUDO");

  g_assert_nonnull (setlocale (LC_ALL, ""));
  g_assert_nonnull (bindtextdomain (GETTEXT_PACKAGE, folder));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  hw_widgets_init ();
  g_test_add_func ("/widgets/pseudo/steps", test_steps);
  g_test_add_func ("/widgets/pseudo/rejected", test_rejected);
  g_test_add_func ("/widgets/pseudo/dialogs", test_dialogs);
  return g_test_run ();
}
