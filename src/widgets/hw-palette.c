/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hw-palette.h"

const ScenePalette *
hw_palette_get_current (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  /* Dark and high contrast together have no palette of their own: dark keeps the words readable on a dark window. */
  if (adw_style_manager_get_dark (manager))
    return scene_palette_get (SCENE_PALETTE_DARK);
  if (adw_style_manager_get_high_contrast (manager))
    return scene_palette_get (SCENE_PALETTE_CONTRAST);
  return scene_palette_get (SCENE_PALETTE_LIGHT);
}

void
hw_palette_get_rgba (const ScenePalette *palette, SceneColour colour, GdkRGBA *rgba)
{
  guint32 rgb = palette->rgb[colour];

  rgba->red = (rgb >> 16 & 0xff) / 255.0f;
  rgba->green = (rgb >> 8 & 0xff) / 255.0f;
  rgba->blue = (rgb & 0xff) / 255.0f;
  rgba->alpha = 1;
}
