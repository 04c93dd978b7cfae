/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The table of commands: hw-commands.def. */
typedef struct
{
  const char *action;
  const char *parameter; /* GVariant type string, or NULL */
  const char *keys;      /* parted by spaces, or NULL */
  const char *bare_keys; /* the same, only where nothing else wants the key */
  const char *section;   /* not translated */
  const char *title;     /* not translated */
} HwCommand;

const HwCommand *hw_commands_get (guint *n_commands);
void hw_commands_set_accels (GtkApplication *application);
GtkEventController *hw_commands_new_bare_keys (void);
GtkWindow *hw_commands_new_shortcuts (GtkWindow *parent);

G_END_DECLS
