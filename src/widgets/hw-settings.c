/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The preferences, and what follows them in the whole program: light or dark, the size of text, animations. Keys and defaults:
 * data/org.heapwise.Heapwise.gschema.xml. An administrator's default or lock works by itself. */

#include "hw-settings.h"

#include <adwaita.h>

#define SCHEMA "org.heapwise.Heapwise"

/* (transfer full) (nullable): NULL where no schema is installed, since GSettings would end the program. Then everything has its
 * default, and nothing is remembered. */
GSettings *
hw_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema
      = source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

static void
follow_color_scheme (GSettings *settings)
{
  static const AdwColorScheme schemes[] = {
    ADW_COLOR_SCHEME_DEFAULT,
    ADW_COLOR_SCHEME_FORCE_LIGHT,
    ADW_COLOR_SCHEME_FORCE_DARK,
  };
  int chosen = g_settings_get_enum (settings, "color-scheme");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[chosen]);
}

/* The desktop's own values come back by a reset; they are read anew, because they may have changed. */
static void
follow_text_size (GSettings *settings)
{
  GtkSettings *desktop = gtk_settings_get_default ();
  int percent = g_settings_get_int (settings, "text-size");
  int dpi;

  gtk_settings_reset_property (desktop, "gtk-xft-dpi");
  g_object_get (desktop, "gtk-xft-dpi", &dpi, NULL);
  if (percent != 100 && dpi > 0)
    g_object_set (desktop, "gtk-xft-dpi", (int)((gint64)dpi * percent / 100), NULL);
}

static void
follow_animations (GSettings *settings)
{
  GtkSettings *desktop = gtk_settings_get_default ();

  gtk_settings_reset_property (desktop, "gtk-enable-animations");
  if (!g_settings_get_boolean (settings, "animations"))
    g_object_set (desktop, "gtk-enable-animations", FALSE, NULL);
}

/* Does what the preferences say, now and whenever they change, as long as settings lives. NULL: nothing. */
void
hw_settings_follow (GSettings *settings)
{
  static const struct
  {
    const char *signal;
    void (*follow) (GSettings *settings);
  } follows[] = {
    { "changed::color-scheme", follow_color_scheme },
    { "changed::text-size", follow_text_size },
    { "changed::animations", follow_animations },
  };

  for (guint i = 0; settings != NULL && i < G_N_ELEMENTS (follows); i++)
    {
      g_signal_connect (settings, follows[i].signal, G_CALLBACK (follows[i].follow), NULL);
      follows[i].follow (settings);
    }
}
