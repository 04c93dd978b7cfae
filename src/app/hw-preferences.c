/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The preferences: one row for each key that a person may choose. A key that an administrator has locked cannot be clicked. */

#include "hw-preferences.h"

#include <glib/gi18n-lib.h>

/* In per cent. A value between two of them, set elsewhere, shows as the next one below. */
static const int sizes[] = { 75, 90, 100, 110, 125, 150, 175, 200 };

static GtkWidget *
new_choice (const char *title, const char *subtitle, const char *const *words)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (words);

  return g_object_new (ADW_TYPE_COMBO_ROW, "title", title, "subtitle", subtitle, "use-underline",
                       TRUE, "model", model, NULL);
}

static gboolean
size_to_index (GValue *value, GVariant *variant, gpointer data)
{
  guint index = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (sizes[i] <= g_variant_get_int32 (variant))
      index = i;
  g_value_set_uint (value, index);
  return TRUE;
}

static GVariant *
index_to_size (const GValue *value, const GVariantType *type, gpointer data)
{
  guint index = g_value_get_uint (value);

  return index < G_N_ELEMENTS (sizes) ? g_variant_new_int32 (sizes[index]) : NULL;
}

static gboolean
scheme_to_index (GValue *value, GVariant *variant, gpointer settings)
{
  g_value_set_uint (value, g_settings_get_enum (settings, "color-scheme"));
  return TRUE;
}

static GVariant *
index_to_scheme (const GValue *value, const GVariantType *type, gpointer settings)
{
  static const char *const nicks[] = { "system", "light", "dark" };
  guint index = g_value_get_uint (value);

  return index < G_N_ELEMENTS (nicks) ? g_variant_new_string (nicks[index]) : NULL;
}

static GtkWidget *
new_scheme_row (GSettings *settings)
{
  const char *words[] = { _ ("As the desktop"), _ ("Light"), _ ("Dark"), NULL };
  GtkWidget *row = new_choice (_ ("_Colours"), NULL, words);

  g_settings_bind_with_mapping (settings, "color-scheme", row, "selected", G_SETTINGS_BIND_DEFAULT,
                                scheme_to_index, index_to_scheme, settings, NULL);
  return row;
}

static GtkWidget *
new_size_row (GSettings *settings)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  GtkWidget *row;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      /* Translators: a size of text in per cent. */
      g_autofree char *word = g_strdup_printf (_ ("%d %%"), sizes[i]);

      g_strv_builder_add (builder, word);
    }
  words = g_strv_builder_end (builder);
  row = new_choice (_ ("_Text size"), _ ("Of the whole window, beside what the desktop says"),
                    (const char *const *)words);
  g_settings_bind_with_mapping (settings, "text-size", row, "selected", G_SETTINGS_BIND_DEFAULT,
                                size_to_index, index_to_size, NULL, NULL);
  return row;
}

static GtkWidget *
new_animations_row (GSettings *settings)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _ ("_Animations"), "subtitle",
                                 _ ("Never where the desktop has turned them off"), "use-underline",
                                 TRUE, NULL);
  GtkWidget *toggle = gtk_switch_new ();

  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Animations"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  g_settings_bind (settings, "animations", toggle, "active", G_SETTINGS_BIND_DEFAULT);
  return row;
}

/* (transfer full): a window that belongs to its parent; present it. */
GtkWindow *
hw_preferences_new (GSettings *settings, GtkWindow *parent)
{
  GtkWindow *window = g_object_new (ADW_TYPE_PREFERENCES_WINDOW, "transient-for", parent, "modal",
                                    TRUE, "search-enabled", FALSE, "default-height", 360, NULL);
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), _ ("Appearance"));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Appearance"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_scheme_row (settings));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_size_row (settings));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_animations_row (settings));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), ADW_PREFERENCES_PAGE (page));
  return window;
}
