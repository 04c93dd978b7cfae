/* SPDX-License-Identifier: GPL-3.0-or-later */

/* About Heapwise: version, and who may do what with which part. The table stands in LICENSES.md, too. */

#include "hw-about.h"

#include <glib/gi18n-lib.h>

static void
add_licences (AdwAboutWindow *about)
{
  adw_about_window_add_legal_section (
      about, _ ("Words of the lessons"), NULL, GTK_LICENSE_CUSTOM,
      _ ("All text in lessons that is not a program: Creative Commons "
         "Attribution-ShareAlike 4.0 International (CC-BY-SA-4.0), unless the lesson says "
         "otherwise."));
  adw_about_window_add_legal_section (
      about, _ ("Programs in the lessons"), NULL, GTK_LICENSE_CUSTOM,
      _ ("Creative Commons Zero 1.0 Universal (CC0-1.0): copy them, no thanks needed. A lesson may "
         "say otherwise."));
  adw_about_window_add_legal_section (
      about, _ ("Schemas of the file formats"), NULL, GTK_LICENSE_CUSTOM,
      _ ("Creative Commons Zero 1.0 Universal (CC0-1.0), so that other tools may carry them."));
}

/* (transfer full): a window that belongs to its parent; present it. */
GtkWindow *
hw_about_new (GtkWindow *parent)
{
  GtkWindow *about = g_object_new (
      ADW_TYPE_ABOUT_WINDOW, "transient-for", parent, "modal", TRUE, "application-name", "Heapwise",
      "application-icon", HEAPWISE_APPLICATION_ID, "version", HEAPWISE_VERSION, "license-type",
      GTK_LICENSE_GPL_3_0, "comments", _ ("See what a program does to memory."),
      /* Translators: put your name here, one on each line: it is shown in the about window. */
      "translator-credits", _ ("translator-credits"), NULL);

  add_licences (ADW_ABOUT_WINDOW (about));
  return about;
}
