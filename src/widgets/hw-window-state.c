/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window comes back as it was left: its size, the line between program and picture, the page of the drawer. */

#include "hw-settings.h"
#include "hw-window-private.h"

static void
position_changed_cb (GtkPaned *panes, GParamSpec *pspec, GSettings *settings)
{
  int position = gtk_paned_get_position (panes);

  /* Before the window has a size, GTK moves the line by itself. */
  if (gtk_widget_get_mapped (GTK_WIDGET (panes))
      && position != g_settings_get_int (settings, "pane-position"))
    g_settings_set_int (settings, "pane-position", position);
}

static void
page_changed_cb (GtkStack *drawer, GParamSpec *pspec, GSettings *settings)
{
  const char *name = gtk_stack_get_visible_child_name (drawer);

  if (name != NULL)
    g_settings_set_string (settings, "drawer-page", name);
}

/* Another version may have had other pages. */
static void
restore_page (GtkStack *drawer, GSettings *settings)
{
  g_autofree char *name = g_settings_get_string (settings, "drawer-page");

  if (gtk_stack_get_child_by_name (drawer, name) != NULL)
    gtk_stack_set_visible_child_name (drawer, name);
  g_signal_connect_object (drawer, "notify::visible-child-name", G_CALLBACK (page_changed_cb),
                           settings, 0);
}

/* Where there is no schema the window keeps what its template says. */
void
_hw_window_restore_state (HwWindow *self)
{
  g_autoptr (GSettings) settings = hw_settings_new ();
  int position;

  if (settings == NULL)
    return;
  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  restore_page (self->drawer, settings);
  position = g_settings_get_int (settings, "pane-position");
  if (position >= 0)
    gtk_paned_set_position (self->panes, position);
  /* The bindings keep the settings as long as the window lives. */
  g_signal_connect_object (self->panes, "notify::position", G_CALLBACK (position_changed_cb),
                           settings, 0);
}
