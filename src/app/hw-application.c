/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The application: command line, one window for each file, keys, and the lessons when no file is named. */

#include "hw-application.h"

#include <glib/gi18n-lib.h>

#include "hw-about.h"
#include "hw-preferences.h"
#include "widgets/hw-commands.h"
#include "widgets/hw-settings.h"
#include "widgets/hw-window.h"

struct _HwApplication
{
  AdwApplication parent_instance;

  GSettings *settings; /* NULL: no schema is installed */
  LessonStore *store;  /* one for all windows */
};

G_DEFINE_FINAL_TYPE (HwApplication, hw_application, ADW_TYPE_APPLICATION)

/* The lessons: from the source tree while that is being worked on, else installed. (transfer full) */
static char *
dup_lessons (void)
{
  const char *source = g_getenv ("HEAPWISE_SOURCE");

  return source != NULL ? g_build_filename (source, "lessons", NULL)
                        : g_strdup (HEAPWISE_LESSONS_DIR);
}

/* path: NULL, the lessons are shown. */
static void
open_window (HwApplication *self, const char *path)
{
  GtkWidget *window = hw_window_new (GTK_APPLICATION (self));
  g_autofree char *lessons = dup_lessons ();

  if (self->store == NULL)
    self->store = lesson_store_new (NULL);
  hw_window_set_store (HW_WINDOW (window), self->store);
  if (path != NULL)
    {
      hw_window_set_lessons (HW_WINDOW (window), lessons);
      hw_window_open (HW_WINDOW (window), path);
    }
  else
    hw_window_show_library (HW_WINDOW (window), lessons);
  gtk_window_present (GTK_WINDOW (window));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (hw_about_new (gtk_application_get_active_window (GTK_APPLICATION (data))));
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  HwApplication *self = HW_APPLICATION (data);

  gtk_window_present (hw_preferences_new (
      self->settings, gtk_application_get_active_window (GTK_APPLICATION (data))));
}

/* Window by window, so that each can keep what it has. */
static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (data)));

  for (GList *window = windows; window != NULL; window = window->next)
    gtk_window_close (window->data);
}

static const GActionEntry actions[] = {
  { .name = "about", .activate = about_cb },
  { .name = "preferences", .activate = preferences_cb },
  { .name = "quit", .activate = quit_cb },
};

static void
hw_application_startup (GApplication *application)
{
  HwApplication *self = HW_APPLICATION (application);

  G_APPLICATION_CLASS (hw_application_parent_class)->startup (application);
  hw_widgets_init ();
  self->settings = hw_settings_new ();
  hw_settings_follow (self->settings);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (application), "preferences")),
      self->settings != NULL);
  hw_commands_set_accels (GTK_APPLICATION (application));
}

static void
hw_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  if (window != NULL)
    gtk_window_present (window);
  else
    open_window (HW_APPLICATION (application), NULL);
}

static void
hw_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_file_get_path (files[i]);

      if (path != NULL)
        open_window (HW_APPLICATION (application), path);
      else
        g_printerr (_ ("heapwise: only files of this computer can be opened\n"));
    }
}

static int
hw_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;
  g_print ("heapwise %s\n", HEAPWISE_VERSION);
  return 0;
}

static void
hw_application_dispose (GObject *object)
{
  HwApplication *self = HW_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (hw_application_parent_class)->dispose (object);
}

static void
hw_application_class_init (HwApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_application_dispose;
  application_class->startup = hw_application_startup;
  application_class->activate = hw_application_activate;
  application_class->open = hw_application_open;
  application_class->handle_local_options = hw_application_handle_local_options;
}

static void
hw_application_init (HwApplication *self)
{
  g_application_add_main_option (G_APPLICATION (self), "version", 0, G_OPTION_FLAG_NONE,
                                 G_OPTION_ARG_NONE, _ ("Print the version and leave"), NULL);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[FILE]"));
  g_application_set_option_context_summary (
      G_APPLICATION (self),
      _ ("Runs a C program on a memory that can be seen, forwards and backwards. FILE is a lesson "
         "(.lesson.json) or a program (.c); without it the first lesson is opened."));
}

HwApplication *
hw_application_new (void)
{
  return g_object_new (HW_TYPE_APPLICATION, "application-id", HEAPWISE_APPLICATION_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE, NULL);
}
