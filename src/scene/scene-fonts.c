/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words in their fonts. Shaping a word costs four times what showing it does, so layouts are kept by (role, text) for one
 * scale. Hinting is off: widths then grow evenly with the scale, and what was measured on one surface fits on all others. */

#include "scene-fonts.h"

#define MOST_KEPT 4096

typedef struct
{
  gboolean is_code;
  int size;
  int weight;
} Face;

struct _SceneFonts
{
  PangoContext *context;
  double scale;
  GHashTable *layouts[SCENE_N_ROLES]; /* text → PangoLayout, both owned */
  PangoFontDescription *faces[SCENE_N_ROLES];
  PangoAttrList *plain; /* no ligatures */
};

static const Face face_table[] = {
#define ROLE(id, is_code, size, weight, colour) { is_code, size, weight },
#include "scene-role.def"
#undef ROLE
};

static void
set_scale (SceneFonts *fonts, double scale)
{
  if (scale == fonts->scale)
    return;
  fonts->scale = scale;
  for (guint role = 0; role < SCENE_N_ROLES; role++)
    {
      const Face *face = &face_table[role];
      PangoFontDescription *description = fonts->faces[role];

      g_hash_table_remove_all (fonts->layouts[role]);
      pango_font_description_set_family (description, face->is_code ? "JetBrains Mono, monospace"
                                                                    : "Inter, sans-serif");
      pango_font_description_set_weight (description, (PangoWeight)face->weight);
      pango_font_description_set_absolute_size (description, face->size * scale * PANGO_SCALE);
    }
}

SceneFonts *
scene_fonts_new (void)
{
  SceneFonts *fonts = g_new0 (SceneFonts, 1);
  g_autoptr (PangoFontMap) map = pango_cairo_font_map_new ();
  cairo_font_options_t *options = cairo_font_options_create ();

  fonts->context = pango_font_map_create_context (map);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (fonts->context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (fonts->context, FALSE);
  /* Arrows mean time and addresses grow to the right, whatever way the words around them run. */
  pango_context_set_base_dir (fonts->context, PANGO_DIRECTION_LTR);
  fonts->plain = pango_attr_list_new ();
  pango_attr_list_insert (fonts->plain, pango_attr_font_features_new ("liga=0, calt=0, clig=0"));
  for (guint role = 0; role < SCENE_N_ROLES; role++)
    {
      fonts->layouts[role]
          = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
      fonts->faces[role] = pango_font_description_new ();
    }
  return fonts;
}

void
scene_fonts_free (SceneFonts *fonts)
{
  for (guint role = 0; role < SCENE_N_ROLES; role++)
    {
      g_hash_table_unref (fonts->layouts[role]);
      pango_font_description_free (fonts->faces[role]);
    }
  pango_attr_list_unref (fonts->plain);
  g_object_unref (fonts->context);
  g_free (fonts);
}

/* A text's layout; it belongs to the fonts and lives until the next call with another scale. */
PangoLayout *
scene_fonts_get_layout (SceneFonts *fonts, SceneRole role, double scale, const char *text)
{
  PangoLayout *layout;

  set_scale (fonts, scale);
  layout = g_hash_table_lookup (fonts->layouts[role], text);
  if (layout != NULL)
    return layout;
  if (g_hash_table_size (fonts->layouts[role]) >= MOST_KEPT)
    g_hash_table_remove_all (fonts->layouts[role]);
  layout = pango_layout_new (fonts->context);
  pango_layout_set_font_description (layout, fonts->faces[role]);
  pango_layout_set_attributes (layout, fonts->plain);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  g_hash_table_insert (fonts->layouts[role], g_strdup (text), layout);
  return layout;
}

void
scene_fonts_measure (SceneFonts *fonts, SceneRole role, double scale, const char *text,
                     double *width, double *height)
{
  PangoLayout *layout = scene_fonts_get_layout (fonts, role, scale, text);
  int w, h;

  pango_layout_get_size (layout, &w, &h);
  *width = (double)w / PANGO_SCALE;
  *height = (double)h / PANGO_SCALE;
}
