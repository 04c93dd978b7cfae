/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The three palettes, and the roles of words: tables made from scene-palette.def and scene-role.def. */

#include "scene.h"

static const ScenePalette palettes[] = {
  [SCENE_PALETTE_LIGHT] = { {
#define COLOUR(id, light, dark, contrast) light,
#include "scene-palette.def"
#undef COLOUR
  } },
  [SCENE_PALETTE_DARK] = { {
#define COLOUR(id, light, dark, contrast) dark,
#include "scene-palette.def"
#undef COLOUR
  } },
  [SCENE_PALETTE_CONTRAST] = { {
#define COLOUR(id, light, dark, contrast) contrast,
#include "scene-palette.def"
#undef COLOUR
  } },
};

const ScenePalette *
scene_palette_get (ScenePaletteKind kind)
{
  return &palettes[kind];
}

void
scene_palette_set_source (const ScenePalette *palette, SceneColour colour, double alpha,
                          cairo_t *cr)
{
  guint32 rgb = palette->rgb[colour];

  cairo_set_source_rgba (cr, (rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0,
                         (rgb & 0xff) / 255.0, alpha);
}

const char *
scene_role_get_name (SceneRole role)
{
  static const char *const names[] = {
#define ROLE(id, is_code, size, weight, colour) #id,
#include "scene-role.def"
#undef ROLE
  };

  return names[role];
}

SceneColour
scene_role_get_colour (SceneRole role)
{
  static const SceneColour colours[] = {
#define ROLE(id, is_code, size, weight, colour) SCENE_COLOUR_##colour,
#include "scene-role.def"
#undef ROLE
  };

  return colours[role];
}
