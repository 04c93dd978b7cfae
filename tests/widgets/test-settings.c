/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window comes back as it was left, the program looks as the preferences say, and the preferences show what holds. */

#include "app/hw-about.h"
#include "app/hw-preferences.h"
#include "widgets/hw-settings.h"
#include "widgets/hw-window.h"
#include "window-driver.h"

static void
check_text (GSettings *settings, const char *key, const char *wanted)
{
  g_autofree char *text = g_settings_get_string (settings, key);

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_window_state (void)
{
  g_autoptr (GSettings) settings = hw_settings_new ();
  HwWindow *window;
  GtkPaned *panes;
  GtkStack *drawer;
  int width, height;

  g_assert_nonnull (settings);
  g_settings_set_int (settings, "window-width", 1200);
  g_settings_set_int (settings, "window-height", 700);
  g_settings_set_int (settings, "pane-position", 431);
  g_settings_set_string (settings, "drawer-page", "output");
  window = window_driver_open ("c-use-after-free.lesson.json");
  panes = GTK_PANED (window_driver_find (GTK_WIDGET (window), "GtkPaned"));
  drawer = GTK_STACK (gtk_widget_get_ancestor (window_driver_find (GTK_WIDGET (window), "HwLedger"),
                                               GTK_TYPE_STACK));
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, 1200);
  g_assert_cmpint (height, ==, 700);
  g_assert_cmpint (gtk_paned_get_position (panes), ==, 431);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (drawer), ==, "output");
  gtk_paned_set_position (panes, 460);
  gtk_stack_set_visible_child_name (drawer, "problems");
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 650);
  window_driver_close (window);
  g_assert_cmpint (g_settings_get_int (settings, "pane-position"), ==, 460);
  check_text (settings, "drawer-page", "problems");
  g_assert_cmpint (g_settings_get_int (settings, "window-width"), ==, 1100);
}

static void
test_appearance (void)
{
  g_autoptr (GSettings) settings = hw_settings_new ();
  GtkSettings *desktop = gtk_settings_get_default ();
  AdwStyleManager *manager = adw_style_manager_get_default ();
  int before, after;
  gboolean animations;

  hw_settings_follow (settings);
  g_object_get (desktop, "gtk-xft-dpi", &before, NULL);
  g_settings_set_int (settings, "text-size", 150);
  g_object_get (desktop, "gtk-xft-dpi", &after, NULL);
  g_assert_cmpint (after, ==, before * 3 / 2);
  g_settings_set_int (settings, "text-size", 100);
  g_object_get (desktop, "gtk-xft-dpi", &after, NULL);
  g_assert_cmpint (after, ==, before);
  g_settings_set_string (settings, "color-scheme", "dark");
  g_assert_true (adw_style_manager_get_dark (manager));
  g_settings_set_string (settings, "color-scheme", "light");
  g_assert_false (adw_style_manager_get_dark (manager));
  g_settings_reset (settings, "color-scheme");
  /* The desktop of the tests has them off: the preference cannot turn them on. */
  g_object_get (desktop, "gtk-enable-animations", &animations, NULL);
  g_assert_false (animations);
}

static GtkWidget *
find_nth (GtkWidget *widget, const char *type, int *n)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type) && (*n)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_nth (child, type, n);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_preferences (void)
{
  g_autoptr (GSettings) settings = hw_settings_new ();
  GtkWindow *window;
  AdwComboRow *colours, *sizes;
  int first = 0, second = 1;

  g_settings_set_int (settings, "text-size", 130);
  window = hw_preferences_new (settings, NULL);
  colours = ADW_COMBO_ROW (find_nth (GTK_WIDGET (window), "AdwComboRow", &first));
  sizes = ADW_COMBO_ROW (find_nth (GTK_WIDGET (window), "AdwComboRow", &second));
  g_assert_cmpuint (adw_combo_row_get_selected (colours), ==, 0);
  g_assert_cmpuint (adw_combo_row_get_selected (sizes), ==, 4);
  g_assert_cmpint (g_settings_get_int (settings, "text-size"), ==, 130);
  adw_combo_row_set_selected (colours, 2);
  check_text (settings, "color-scheme", "dark");
  adw_combo_row_set_selected (sizes, 7);
  g_assert_cmpint (g_settings_get_int (settings, "text-size"), ==, 200);
  g_settings_reset (settings, "text-size");
  g_settings_reset (settings, "color-scheme");
  g_assert_cmpuint (adw_combo_row_get_selected (sizes), ==, 2);
  gtk_window_destroy (window);
}

static void
test_about (void)
{
  GtkWindow *window = hw_about_new (NULL);

  g_assert_cmpstr (adw_about_window_get_application_name (ADW_ABOUT_WINDOW (window)), ==,
                   "Heapwise");
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  hw_widgets_init ();
  g_test_add_func ("/widgets/settings/window-state", test_window_state);
  g_test_add_func ("/widgets/settings/appearance", test_appearance);
  g_test_add_func ("/widgets/settings/preferences", test_preferences);
  g_test_add_func ("/widgets/settings/about", test_about);
  return g_test_run ();
}
