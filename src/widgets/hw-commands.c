/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is made from the table of commands: accelerators, the controller for keys without a modifier, and the shortcuts window. */

#include "hw-commands.h"

#include <glib/gi18n-lib.h>

static const HwCommand commands[] = {
#define COMMAND(action, parameter, keys, bare_keys, section, title)                                \
  { action, parameter, keys, bare_keys, section, title },
#include "hw-commands.def"
#undef COMMAND
};

const HwCommand *
hw_commands_get (guint *n_commands)
{
  *n_commands = G_N_ELEMENTS (commands);
  return commands;
}

void
hw_commands_set_accels (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].keys != NULL)
      {
        g_auto (GStrv) keys = g_strsplit (commands[i].keys, " ", -1);

        gtk_application_set_accels_for_action (application, commands[i].action,
                                               (const char *const *)keys);
      }
}

static void
add_shortcuts (GtkShortcutController *controller, const HwCommand *command)
{
  g_auto (GStrv) keys = g_strsplit (command->bare_keys, " ", -1);

  for (guint i = 0; keys[i] != NULL; i++)
    gtk_shortcut_controller_add_shortcut (
        controller, gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i]),
                                      gtk_named_action_new (command->action)));
}

/* For a box that holds all controls: a key reaches it only when the focused control let it pass. (transfer full) */
GtkEventController *
hw_commands_new_bare_keys (void)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_BUBBLE);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].bare_keys != NULL)
      add_shortcuts (GTK_SHORTCUT_CONTROLLER (controller), &commands[i]);
  return controller;
}

/* All keys of a command as GtkShortcutsShortcut wants them. */
static char *
join_keys (const HwCommand *command)
{
  if (command->bare_keys == NULL)
    return g_strdup (command->keys);
  return g_strdup_printf ("%s %s", command->keys, command->bare_keys);
}

static void
append_xml (GString *xml, const HwCommand *command)
{
  g_autofree char *keys = join_keys (command);
  g_autofree char *line = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsShortcut'><property name='accelerator'>%s</property>"
      "<property name='title'>%s</property></object></child>",
      keys, _ (command->title));

  g_string_append (xml, line);
}

/* Shortcuts windows can only be made by a builder in GTK 4.8, so the table becomes XML first. (transfer full) */
GtkWindow *
hw_commands_new_shortcuts (GtkWindow *parent)
{
  g_autoptr (GString) xml = g_string_new (
      "<interface><object class='GtkShortcutsWindow' id='window'><property "
      "name='modal'>1</property>"
      "<child><object class='GtkShortcutsSection'><property name='visible'>1</property>");
  g_autoptr (GtkBuilder) builder = NULL;
  const char *section = NULL;
  GtkWindow *window;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_strcmp0 (section, commands[i].section) != 0)
        {
          g_autofree char *group = g_markup_printf_escaped (
              "<child><object class='GtkShortcutsGroup'><property name='title'>%s</property>",
              _ (commands[i].section));

          if (section != NULL)
            g_string_append (xml, "</object></child>");
          g_string_append (xml, group);
          section = commands[i].section;
        }
      append_xml (xml, &commands[i]);
    }
  g_string_append (xml, "</object></child></object></child></object></interface>");
  builder = gtk_builder_new_from_string (xml->str, -1);
  window = GTK_WINDOW (gtk_builder_get_object (builder, "window"));
  gtk_window_set_transient_for (window, parent);
  return window;
}
